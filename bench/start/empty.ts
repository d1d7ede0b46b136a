/** Node with nothing loaded, to see what is its own. */
import { peakRss } from "./peak-rss.js";

console.log(peakRss());
