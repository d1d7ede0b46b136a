/** Orthogonal polynomials of degree n at x; both broadcast. PyTorch has no derivatives of them. */
import * as math from "../../core/math.js";
import type { Tensor } from "../../tensor/tensor.js";
import { asOperands, type Operand } from "../kernel.js";
import { hostBinary, type Rounding } from "./host.js";

/** A polynomial from its value at one x and n. */
const polynomial =
  (op: string, f: (x: number, n: number, round: Rounding) => number) =>
  (x: Operand, n: Operand): Tensor =>
    hostBinary(op, f, ...asOperands(op, x, n));

const chebyshev =
  (kind: math.ChebyshevKind) =>
  (x: number, n: number, round: Rounding): number =>
    math.chebyshev(kind, x, n, round);
/** On [0, 1] instead of [−1, 1]. */
const shifted =
  (kind: math.ChebyshevKind) =>
  (x: number, n: number, round: Rounding): number =>
    math.chebyshev(kind, 2 * x - 1, n, round);

/** Tₙ(x) = cos nθ with x = cos θ. @see torch.special.chebyshev_polynomial_t */
export const chebyshevPolynomialT = polynomial("chebyshevPolynomialT", chebyshev("t"));
/** Uₙ(x) = sin (n + 1)θ/sin θ. @see torch.special.chebyshev_polynomial_u */
export const chebyshevPolynomialU = polynomial("chebyshevPolynomialU", chebyshev("u"));
/** Vₙ(x) = cos (n + ½)θ/cos ½θ. @see torch.special.chebyshev_polynomial_v */
export const chebyshevPolynomialV = polynomial("chebyshevPolynomialV", chebyshev("v"));
/** Wₙ(x) = sin (n + ½)θ/sin ½θ. @see torch.special.chebyshev_polynomial_w */
export const chebyshevPolynomialW = polynomial("chebyshevPolynomialW", chebyshev("w"));
/** Tₙ(2x − 1). @see torch.special.shifted_chebyshev_polynomial_t */
export const shiftedChebyshevPolynomialT = polynomial("shiftedChebyshevPolynomialT", shifted("t"));
/** Uₙ(2x − 1). @see torch.special.shifted_chebyshev_polynomial_u */
export const shiftedChebyshevPolynomialU = polynomial("shiftedChebyshevPolynomialU", shifted("u"));
/** Vₙ(2x − 1). @see torch.special.shifted_chebyshev_polynomial_v */
export const shiftedChebyshevPolynomialV = polynomial("shiftedChebyshevPolynomialV", shifted("v"));
/** Wₙ(2x − 1). @see torch.special.shifted_chebyshev_polynomial_w */
export const shiftedChebyshevPolynomialW = polynomial("shiftedChebyshevPolynomialW", shifted("w"));
/** Hₙ(x) of the physicists. @see torch.special.hermite_polynomial_h */
export const hermitePolynomialH = polynomial("hermitePolynomialH", math.hermiteH);
/** Heₙ(x) of statistics. @see torch.special.hermite_polynomial_he */
export const hermitePolynomialHe = polynomial("hermitePolynomialHe", math.hermiteHe);
/** Lₙ(x). @see torch.special.laguerre_polynomial_l */
export const laguerrePolynomialL = polynomial("laguerrePolynomialL", math.laguerre);
/** Pₙ(x). @see torch.special.legendre_polynomial_p */
export const legendrePolynomialP = polynomial("legendrePolynomialP", math.legendre);
