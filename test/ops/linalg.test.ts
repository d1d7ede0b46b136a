import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";
import { ArgumentError, DTypeError, GradError, ShapeError } from "../../src/index.js";
import * as functions from "../../src/ops/linalg/functions.js";

const { linalg } = torch;
const f64 = { dtype: "float64" } as const;
const of = (values: torch.Nested, options: object = f64) => torch.tensor(values, options);
const eye = (n: number) =>
  of(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))));

/** Values in −1 … 1 that follow no pattern. */
function messy(...shape: number[]): torch.Tensor {
  let state = 12345;
  const count = shape.reduce((a, b) => a * b, 1);
  const next = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x40000000 - 1;
  };
  return of(Array.from({ length: count }, next)).reshape(shape);
}
const close = (a: torch.Tensor, b: torch.Tensor, atol = 1e-11) => {
  expect(a.shape).toEqual(b.shape);
  expect(a.sub(b).abs().le(atol).all().item(), `${a}\n${b}`).toBe(true);
};

describe("decompositions put together give the matrix again", () => {
  const shapes = [
    [4, 4],
    [2, 5, 3],
    [3, 5],
    [1, 1],
    [0, 3, 2],
    [3, 0],
  ];
  it.each(shapes)("of shape %s %s %s", (...shape) => {
    const a = messy(...shape.filter((n) => n !== undefined));
    const { P, L, U } = linalg.lu(a);
    close(P.matmul(L).matmul(U), a);
    close(L.tril(), L);
    close(U.triu(), U);
    for (const mode of ["reduced", "complete"] as const) {
      const { Q, R } = linalg.qr(a, { mode });
      close(Q.matmul(R), a);
      close(R.triu(), R);
    }
    const { U: left, S, Vh } = linalg.svd(a, { fullMatrices: false });
    close(left.mul(S.unsqueeze(-2)).matmul(Vh), a);
    close(linalg.svdvals(a), S);
  });

  it("with orthonormal vectors, also for a matrix without full rank", () => {
    const a = messy(5, 2).matmul(messy(2, 4));
    const { U, S, Vh } = linalg.svd(a);
    close(U.mT.matmul(U), eye(5));
    close(Vh.matmul(Vh.mT), eye(4));
    expect(S.typedArray()[2]).toBeLessThan(1e-14);
    expect(linalg.matrixRank(a).item()).toBe(2);
    const zero = linalg.svd(of([[0, 0]]));
    expect(zero.S.toArray()).toEqual([0]);
    close(zero.U.abs(), of([[1]]));
  });

  it("eigenvalues ascend and vectors belong to them", () => {
    const a = messy(3, 6, 6);
    const s = a.add(a.mT);
    const { eigenvalues, eigenvectors: V } = linalg.eigh(s);
    close(V.mul(eigenvalues.unsqueeze(-2)).matmul(V.mT), s);
    expect(eigenvalues.at(0).toArray()).toEqual(
      [...(eigenvalues.at(0).toArray() as number[])].sort((x, y) => x - y),
    );
    close(linalg.eigvalsh(s.triu(), { UPLO: "U" }), eigenvalues);
  });

  it("has LAPACK's signs and pivots", () => {
    const { R } = linalg.qr(
      of([
        [3, 1],
        [4, 2],
      ]),
    );
    close(
      R,
      of([
        [-5, -2.2],
        [0, 0.4],
      ]),
      1e-12,
    );
    const { LU, pivots } = linalg.luFactor(
      of([
        [1, 2],
        [4, 8.5],
      ]),
    );
    expect(LU.toArray()).toEqual([
      [4, 8.5],
      [0.25, -0.125],
    ]);
    expect([pivots.dtype, pivots.toArray()]).toEqual(["int32", [2, 2]]);
  });
});

describe("systems", () => {
  const a = messy(2, 4, 4).add(eye(4).mul(3));
  const b = messy(2, 4, 3);
  it("are solved from either side, by every way", () => {
    close(a.matmul(linalg.solve(a, b)), b);
    close(linalg.solve(a, b.mT, { left: false }).matmul(a), b.mT);
    close(linalg.inv(a).matmul(a), eye(4).expand(2, 4, 4));
    const { LU, pivots } = linalg.luFactor(a);
    close(a.matmul(linalg.luSolve(LU, pivots, b)), b);
    close(a.mT.matmul(linalg.luSolve(LU, pivots, b, { adjoint: true })), b);
    close(linalg.luSolve(LU, pivots, b.mT, { left: false, adjoint: true }).matmul(a.mT), b.mT);
    close(a.triu().matmul(linalg.solveTriangular(a, b, true)), b);
    const L = linalg.cholesky(a.matmul(a.mT));
    close(a.matmul(a.mT).matmul(functions.choleskySolve(b, L)), b, 1e-10);
    close(functions.choleskyInverse(L).matmul(a.matmul(a.mT)), eye(4).expand(2, 4, 4), 1e-10);
  });

  it("of a symmetric matrix that is not definite are solved by LDLᵀ, 2×2 blocks included", () => {
    const s = messy(3, 5, 5).add(messy(3, 5, 5).mT);
    const hollow = s.mul(torch.ones([5, 5], f64).sub(eye(5)));
    const y = messy(3, 5, 2);
    for (const x of [s, hollow]) {
      const { LD, pivots } = linalg.ldlFactor(x);
      close(
        x
          .tril()
          .add(x.tril(-1).mT)
          .matmul(linalg.ldlSolve(LD, pivots, y)),
        y,
        1e-9,
      );
      close(LD.tril(), LD);
    }
    expect(linalg.ldlFactor(hollow).pivots.lt(0).any().item()).toBe(true);
    expect(() => linalg.ldlFactor(torch.zeros([2, 2]))).toThrow("D[1,1] is zero");
  });

  it("a vector, or a batch of them, is solved for as such", () => {
    expect(linalg.solve(a, b.at(":", ":", 0)).shape).toEqual([2, 4]);
    expect(linalg.solve(a, b.at(0, ":", 0)).shape).toEqual([2, 4]);
  });

  it("least squares: residuals, rank, singular values as the driver tells", () => {
    const [x, y] = [messy(5, 2), messy(5, 1)];
    const { solution, residuals, rank, singularValues } = linalg.lstsq(x, y, { driver: "gelsd" });
    close(x.mT.matmul(x.matmul(solution).sub(y)), of([[0], [0]]));
    close(residuals, x.matmul(solution).sub(y).square().sum(0));
    expect([rank.item(), singularValues.shape]).toEqual([2, [2]]);
    expect(linalg.lstsq(x, y, { driver: "gels" }).rank.shape).toEqual([0]);
  });

  it("the pseudo-inverse meets Penrose's conditions", () => {
    const x = messy(5, 2).matmul(messy(2, 4));
    const p = linalg.pinv(x);
    close(x.matmul(p).matmul(x), x);
    close(p.matmul(x).matmul(p), p);
    close(x.matmul(p), x.matmul(p).mT);
  });
});

describe("numbers of a matrix", () => {
  it("determinants", () => {
    const a = of([
      [1, 2],
      [3, 4],
    ]);
    close(linalg.det(a), of(-2));
    const { sign, logabsdet } = linalg.slogdet(a);
    expect(sign.item()).toBe(-1);
    expect(logabsdet.item()).toBeCloseTo(Math.LN2, 14);
    expect(functions.logdet(a).item()).toBeNaN();
    expect(
      linalg
        .slogdet(
          of([
            [1, 2],
            [2, 4],
          ]),
        )
        .logabsdet.item(),
    ).toBe(Number.NEGATIVE_INFINITY);
    expect(linalg.det(torch.zeros([2, 0, 0])).toArray()).toEqual([1, 1]);
  });

  it("a singular matrix's determinant has its cofactors as gradient", () => {
    const a = of([
      [1, 2],
      [2, 4],
    ]).requiresGrad_();
    linalg.det(a).backward();
    close(
      a.grad!,
      of([
        [4, -2],
        [-2, 1],
      ]),
      1e-12,
    );
  });

  it("norms and condition", () => {
    const a = of([
      [3, 0],
      [4, 5],
    ]);
    expect(linalg.norm(a, "fro").item()).toBeCloseTo(Math.sqrt(50), 12);
    expect(linalg.norm(a, 1).item()).toBe(7);
    expect(linalg.norm(a, Number.POSITIVE_INFINITY).item()).toBe(9);
    expect(linalg.norm(a, 2).item()).toBeCloseTo(Math.sqrt(45), 12);
    expect(linalg.norm(a, "nuc").item()).toBeCloseTo(Math.sqrt(45) + Math.sqrt(5), 12);
    expect(linalg.cond(a).item()).toBeCloseTo(3, 12);
    expect(
      linalg
        .cond(
          of([
            [1, 2],
            [2, 4],
          ]),
          1,
        )
        .item(),
    ).toBe(Number.POSITIVE_INFINITY);
  });

  it("powers and exponentials", () => {
    const a = of([
      [0, 1],
      [-1, 0],
    ]);
    close(linalg.matrixExp(a.mul(Math.PI / 2)), a, 1e-14);
    expect(linalg.matrixPower(a, 7).toArray()).toEqual([
      [0, -1],
      [1, 0],
    ]);
    close(linalg.matrixPower(a, -1), a.mT);
    const chain = [messy(2, 7), messy(7, 3), messy(3)];
    close(linalg.multiDot(chain), chain[0]!.matmul(chain[1]!).matmul(chain[2]!));
  });
});

describe("gradients", () => {
  it("nodes bear PyTorch's names", () => {
    const a = messy(3, 3).add(eye(3).mul(3)).requiresGrad_();
    expect(linalg.inv(a).gradFn!.name).toBe("LinalgInvExBackward0");
    expect(linalg.svd(a).Vh.gradFn!.name).toBe("LinalgSvdBackward0");
    expect(linalg.qr(a).R.gradFn!.name).toBe("LinalgQrBackward0");
    expect(functions.kron(a, a).gradFn!.name).toBe("UnsafeViewBackward0");
    expect(functions.cholesky(a.matmul(a.mT)).gradFn!.name).toBe("CholeskyBackward0");
  });

  it("a decomposition that does not determine its vectors has none", () => {
    const a = messy(3, 2).requiresGrad_();
    expect(() => linalg.qr(a, { mode: "complete" }).Q.sum().backward()).toThrow(GradError);
    expect(() => linalg.qr(a, { mode: "r" }).R.sum().backward()).toThrow("mode='r'");
  });
});

describe("errors", () => {
  const singular = of([
    [1, 2],
    [2, 4],
  ]);
  it("say what is wrong with the values", () => {
    expect(() => linalg.inv(singular)).toThrow("linalg.inv: The diagonal element 2 is zero");
    expect(() => linalg.inv(torch.stack([eye(2), singular]))).toThrow("(Batch element 1): ");
    expect(() => linalg.solve(singular, of([1, 1]))).toThrow("input matrix is singular");
    expect(() => linalg.luFactor(singular)).toThrow("U[2,2] is zero");
    expect(() =>
      linalg.cholesky(
        of([
          [1, 2],
          [2, 1],
        ]),
      ),
    ).toThrow("leading minor of order 2");
    expect(() => linalg.svd(of([[Number.NaN]]))).toThrow(ArgumentError);
    expect(linalg.invEx(singular).info.item()).toBe(2);
    expect(linalg.choleskyEx(of([[-1]])).info.item()).toBe(1);
  });

  it("say what is wrong with the kind", () => {
    expect(() => linalg.inv(torch.ones([2, 3]))).toThrow("batches of square matrices, but they are 2 by 3");
    expect(() => linalg.inv(torch.ones([3]))).toThrow("must have at least 2 dimensions");
    expect(() => linalg.inv(of([[1]], { dtype: "int64" }))).toThrow(DTypeError);
    expect(() => linalg.solve(eye(3), of([1, 2]))).toThrow("Incompatible shapes of A and B");
    expect(() => linalg.solve(eye(2), torch.ones([2, 2]))).toThrow(DTypeError);
    expect(() => linalg.cross(torch.ones([2, 3]), torch.ones([2, 2]))).toThrow("must have length 3");
    expect(() => linalg.tensorinv(torch.ones([2, 3]), { ind: 1 })).toThrow(ShapeError);
    expect(() => linalg.multiDot([eye(2)])).toThrow("at least 2 tensors");
  });
});
