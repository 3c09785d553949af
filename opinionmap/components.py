"""The two directions in which votes differ most."""

from __future__ import annotations

import numpy as np

from .kinds import Floats

SMALL = 128  # statements: up to here all directions are found at once
BLOCK, STEPS = 4, 24  # vectors a step, steps before we look at all after all
CLOSE = 1e-13  # of the greatest eigenvalue: how far from exact a pair may be
FLAT = 1e-9  # of the greatest: a spread below this is none


def components(sums: Floats) -> tuple[Floats, Floats]:
    """The two unit vectors with the greatest eigenvalues of a symmetric matrix, and all of the spread's share
    that each holds: (2, n) and (2,). A direction in which nothing differs is 0. Signs: the greatest loading
    (the first of equals) is positive. The same matrix gives the same bits.

    Source: principal component analysis; the published algorithm finds the same two by power iteration from a
    random start and deflation, 100 rounds (README.md)."""
    size = len(sums)
    axes, shares = np.zeros((2, size)), np.zeros(2)
    spread = float(np.trace(sums))
    if not size or spread <= 0:
        return axes, shares
    scaled = sums / spread
    values, vectors = (_krylov(scaled) if size > SMALL else None) or _all(scaled)
    for place in range(min(2, size)):
        if values[place] > FLAT * values[0]:
            vector = vectors[:, place]
            greatest = int(np.argmax(np.abs(vector).round(12)))
            axes[place] = vector * (1.0 if vector[greatest] >= 0 else -1.0)
            shares[place] = values[place]
    return axes, shares


def _all(matrix: Floats) -> tuple[Floats, Floats]:
    values, vectors = np.linalg.eigh(matrix)
    return values[::-1][:2], vectors[:, ::-1][:, :2]


def _krylov(matrix: Floats) -> tuple[Floats, Floats] | None:
    """Block Lanczos with the whole basis kept orthogonal, from a fixed start; None if it is not exact in
    time.

    Each step multiplies by the matrix once, so that n statements cost about n^2 where all directions cost
    n^3. Source: Golub and Van Loan, Matrix Computations, 4th edition, 10.3."""
    block = np.linalg.qr(np.random.Generator(np.random.PCG64(6)).standard_normal((len(matrix), BLOCK)))[0]
    basis, images = block, matrix @ block
    for step in range(STEPS):
        if step % 4 == 3:
            small, turn = np.linalg.eigh(basis.T @ images)
            values, turn = small[::-1][:2], turn[:, ::-1][:, :2]
            vectors = basis @ turn
            rest = images @ turn - vectors * values
            if np.abs(rest).max() <= CLOSE * values[0]:
                return values, vectors / np.linalg.norm(vectors, axis=0)
        block = images[:, -BLOCK:]
        for _ in range(2):  # once leaves too much of what was there already
            block = block - basis @ (basis.T @ block)
        block = np.linalg.qr(block)[0]
        basis, images = np.hstack([basis, block]), np.hstack([images, matrix @ block])
    return None
