/** 10 000 values of every function of numbers, in float32 and float64, from the kernels and from the host. */
import * as torch from "wasmgrad";
import { numbers, wholes } from "./numbers.mjs";

const { special } = torch;
const f = torch.nn.functional;
const count = 10_000;

const named = (holder, names) => names.split(" ").map((name) => [name, holder[name]]);

const unary = [
  ...named(
    torch,
    "neg abs sign sqrt rsqrt reciprocal square exp exp2 expm1 log log1p log2 log10 sin cos tan",
  ),
  ...named(torch, "asin acos atan sinh cosh tanh asinh acosh atanh sigmoid erf erfc erfinv lgamma digamma"),
  ...named(
    torch,
    "floor ceil round trunc frac sinc logit deg2rad rad2deg angle nanToNum signbit isnan isfinite",
  ),
  ...named(
    f,
    "relu silu gelu softplus mish elu selu celu hardswish hardsigmoid logsigmoid softsign tanhshrink",
  ),
  ["gelu tanh", (x) => f.gelu(x, { approximate: "tanh" })],
  ...named(special, "airyAi besselJ0 besselJ1 besselY0 besselY1 entr erfcx i0 i0e i1 i1e logNdtr ndtr ndtri"),
  ...named(special, "modifiedBesselK0 modifiedBesselK1 scaledModifiedBesselK0 scaledModifiedBesselK1"),
  ["sphericalBesselJ0", special.sphericalBesselJ0],
  ["multigammaln", (x) => special.multigammaln(x.abs().add(1.5), 3)],
  ...[0, 1, 2].map((n) => [`polygamma ${n}`, (x) => special.polygamma(n, x)]),
];

/** Those whose gradients have kernels or formulas of their own. */
const activations = unary.filter(([name]) =>
  /^(relu|sigmoid|tanh|silu|gelu.*|softplus|mish|elu|erf|lgamma)$/.test(name),
);

const binary = [
  ...named(torch, "add sub mul div floorDivide remainder fmod pow maximum minimum fmax fmin atan2 hypot"),
  ...named(torch, "copysign nextafter logaddexp logaddexp2 xlogy heaviside ldexp lt eq"),
  ["truncating div", (a, b) => torch.div(a, b, { roundingMode: "trunc" })],
  ["lerp", (a, b) => torch.lerp(a, b, 0.3)],
  ["addcmul", (a, b) => torch.addcmul(a, a, b, { value: 0.7 })],
  ...named(special, "xlog1py gammainc gammaincc zeta"),
];

/** Of a degree. */
const polynomials = named(
  special,
  "chebyshevPolynomialT chebyshevPolynomialU chebyshevPolynomialV chebyshevPolynomialW hermitePolynomialH " +
    "hermitePolynomialHe laguerrePolynomialL legendrePolynomialP shiftedChebyshevPolynomialT " +
    "shiftedChebyshevPolynomialU shiftedChebyshevPolynomialV shiftedChebyshevPolynomialW",
);

/** Names of torch.special that stand for one of the above, or take no single numbers. */
const elsewhere =
  "expit gammaln psi modifiedBesselI0 modifiedBesselI1 polygamma logSoftmax logsumexp softmax".split(" ");

/** A function added to torch.special is to be hashed here too. */
function checkThatAllAreHere() {
  const known = new Set([...unary, ...binary, ...polynomials].map(([name]) => name));
  for (const name of Object.keys(special))
    if (!known.has(name) && !elsewhere.includes(name))
      throw new Error(`torch.special.${name} is missing in determinism/functions.mjs`);
}

function gradient(g, x) {
  const leaf = x.clone().requiresGrad_();
  g(leaf).backward(torch.onesLike(leaf));
  return leaf.grad;
}

/** By name, lists of tensors. */
export function* functions() {
  checkThatAllAreHere();
  const degrees = torch.tensor(wholes(count, 16, 3));
  for (const dtype of ["float32", "float64"]) {
    const x = torch.tensor(numbers(count, 1), { dtype });
    // Turned around, so that edges meet ordinary numbers; their own meeting is the first ten of `y`.
    const y = torch.cat([
      x.narrow(0, 0, 10),
      torch
        .tensor(numbers(count, 2), { dtype })
        .flip([0])
        .narrow(0, 10, count - 10),
    ]);
    for (const [name, g] of unary) yield [`${name} ${dtype}`, [g(x)]];
    for (const [name, g] of activations) yield [`gradient of ${name} ${dtype}`, [gradient(g, x)]];
    for (const [name, g] of binary) yield [`${name} ${dtype}`, [g(x, y)]];
    for (const [name, g] of polynomials) yield [`${name} ${dtype}`, [g(x, degrees)]];
  }
}
