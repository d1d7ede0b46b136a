/**
 * Makes sample.csv: invented days of a bicycle hire, whose number depends on weather and weekday, and is the less certain the
 * warmer it is. The same file on every machine.
 *
 *   bun examples/bun/sample.ts > examples/bun/sample.csv
 */
import * as torch from "wasmgrad";
import { writeCsv } from "./csv.ts";

const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const count = 600;

torch.manualSeed(7);
const temperatures = torch.rand(count).mul(35).sub(5).tolist() as number[];
const winds = torch.rand(count).mul(50).tolist() as number[];
const rain = torch.rand(count).lt(0.3).tolist() as boolean[];
const noise = torch.randn(count).tolist() as number[];

const rows = temperatures.map((temperature, i) => {
  const [wind = 0, wet, z = 0, weekend] = [winds[i], rain[i], noise[i], i % 7 > 4];
  const warm = temperature - 22;
  const usual = 900 - 1.1 * warm * warm - 4 * wind - (wet ? 250 : 0) + (weekend ? 120 : 0);
  const spread = 15 + 4 * Math.max(temperature, 0);
  const hired = Math.max(Math.floor(usual + spread * z), 0);
  // Some days nobody wrote the wind down.
  return [
    days[i % 7] as string,
    temperature.toFixed(1),
    i % 50 === 9 ? "" : wind.toFixed(0),
    wet ? "yes" : "no",
    hired,
  ];
});
process.stdout.write(writeCsv([["weekday", "temperature", "wind", "rain", "hired"], ...rows]));
