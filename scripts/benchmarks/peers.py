"""The same work as the .nn scripts beside this file, for NumPy, numexpr and JAX where they are installed.

    peers.py PEER ROW ...     prints, for each row, its name, the best time in milliseconds and the checksum
"""
import sys
import time

import numpy as np

from fmincg import fmincg

I = np.arange(1, 2_000_001)
Z = (I * 7919 % 60007 / 10000 - 3).reshape(1000, 2000).T
P = (I * 104729 % 59999 / 60000).reshape(1000, 2000).T


def checked(r):
    return float(np.sum(np.asarray(r, dtype=np.float64)))


def square(n):
    return (np.arange(1, n * n + 1) * 7919 % 60007 / 60007 - 0.5).reshape(n, n).T.copy(order="F")


def scalar_loop():
    s = 0.0
    for i in range(1, 1_000_001):
        s = s + i * 2.0
    return s


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def network_cost(np, labels):
    """The cost of a network 400-25-10 and its gradient, for parameters in one vector, and the vector to start from."""
    X = np.asarray((I * 7919 % 60007 / 60007).reshape(400, 5000).T)
    Y = np.asarray(np.eye(10)[labels])
    start = np.asarray((np.arange(1, 25 * 401 + 261) * 7919 % 997 / 997 - 0.5) * 0.2)
    ones = np.ones((5000, 1))

    def cost(theta):
        T1, T2 = theta[: 25 * 401].reshape(401, 25).T, theta[25 * 401 :].reshape(26, 10).T
        a1 = np.hstack([ones, X])
        a2 = np.hstack([ones, 1 / (1 + np.exp(-(a1 @ T1.T)))])
        a3 = 1 / (1 + np.exp(-(a2 @ T2.T)))
        J = (-Y * np.log(a3) - (1 - Y) * np.log(1 - a3)).sum() / 5000
        d3 = a3 - Y
        d2 = (d3 @ T2)[:, 1:] * (a2[:, 1:] * (1 - a2[:, 1:]))
        return J, np.concatenate([(d2.T @ a1).T.ravel(), (d3.T @ a2).T.ravel()]) / 5000

    return cost, start


def network(np=np, compiled=lambda f: f):
    cost, start = network_cost(np, np.arange(1, 5001) % 10)
    cost = compiled(cost)

    def run():
        t = start
        for _ in range(10):
            J, g = cost(t)
            t = t - 0.5 * g
        return J

    return run


def training(np=np, compiled=lambda f: f):
    cost, start = network_cost(np, -(-np.arange(1, 5001) // 7) % 10)
    cost = compiled(cost)
    return lambda: round(fmincg(cost, start, 50)[-1] * 1e3)


def sorted_numbers():
    i = np.arange(1, 1_000_001)
    x = i**2 * 7919 % 1000003 + i % 7 / 8
    return lambda: np.sort(x)


def numpy_rows():
    A12, A3 = square(1200), square(300)
    S12, S3 = A12.T @ A12 + 1200 * np.eye(1200), A3 + A3.T
    Zs = Z.astype(np.float32)
    Zr, Pr = np.round(Z), np.round(P * 3)
    X5 = np.tile(A12[:, :400], (5, 1))[:5000]
    B12, b12 = A12 + 20 * np.eye(1200), np.arange(1.0, 1201)
    s = sorted_numbers()
    return {
        "scalar-loop": scalar_loop,
        "fib": lambda: fib(18),
        "sigmoid": lambda: 1 / (1 + np.exp(-Z)),
        "sigmoid-single": lambda: 1 / (1 + np.exp(-Zs)),
        "sigmoid-gradient": lambda: (1 / (1 + np.exp(-Z))) * (1 - 1 / (1 + np.exp(-Z))),
        "log-loss": lambda: -P * np.log(P + 1e-9) - (1 - P) * np.log(1 - P + 1e-9),
        "hyperbolic-tangent": lambda: np.tanh(Z),
        "standardize": lambda: (Z - Z.mean(0)) / Z.std(0, ddof=1),
        "squared-difference": lambda: ((Z - P) ** 2).sum(),
        "accuracy": lambda: np.mean(Zr == Pr),
        "row-maximum": lambda: Z.max(1),
        "mask": lambda: Z.T[Z.T > 0],
        "transposition": lambda: np.asfortranarray(Z.T),
        "add": lambda: Z + P,
        "sorting": s,
        "product": lambda: A12 @ A12,
        "solve": lambda: np.linalg.solve(B12, b12),
        "cholesky": lambda: np.linalg.cholesky(S12).T,
        "singular-values": lambda: np.linalg.svd(A3, compute_uv=False),
        "eigenvalues": lambda: np.linalg.eigvalsh(S3),
        "gram": lambda: X5.T @ X5,
        "network": network(),
        "training": training(),
    }


def numexpr_rows():
    import numexpr as ne

    Zs = Z.astype(np.float32)
    e = lambda text, **names: lambda: ne.evaluate(text, local_dict=names)
    return {
        "sigmoid": e("1 / (1 + exp(-Z))", Z=Z),
        "sigmoid-single": e("1 / (1 + exp(-Z))", Z=Zs),
        "sigmoid-gradient": e("(1/(1+exp(-Z))) * (1 - 1/(1+exp(-Z)))", Z=Z),
        "log-loss": e("-P*log(P+1e-9) - (1-P)*log(1-P+1e-9)", P=P),
        "hyperbolic-tangent": e("tanh(Z)", Z=Z),
        "squared-difference": e("sum((Z-P)**2)", Z=Z, P=P),
        "add": e("Z + P", Z=Z, P=P),
    }


def jax_rows():
    import jax

    jax.config.update("jax_enable_x64", True)
    jnp = jax.numpy
    z, p, zs = jnp.asarray(Z), jnp.asarray(P), jnp.asarray(Z.astype(np.float32))

    def compiled(f, *arguments):
        f = jax.jit(f)
        return lambda: f(*arguments).block_until_ready()

    return {
        "sigmoid": compiled(lambda z: 1 / (1 + jnp.exp(-z)), z),
        "sigmoid-single": compiled(lambda z: 1 / (1 + jnp.exp(-z)), zs),
        "sigmoid-gradient": compiled(lambda z: (1 / (1 + jnp.exp(-z))) * (1 - 1 / (1 + jnp.exp(-z))), z),
        "log-loss": compiled(lambda p: -p * jnp.log(p + 1e-9) - (1 - p) * jnp.log(1 - p + 1e-9), p),
        "hyperbolic-tangent": compiled(jnp.tanh, z),
        "standardize": compiled(lambda z: (z - z.mean(0)) / z.std(0, ddof=1), z),
        "squared-difference": compiled(lambda z, p: ((z - p) ** 2).sum(), z, p),
        "row-maximum": compiled(lambda z: z.max(1), z),
        "add": compiled(lambda z, p: z + p, z, p),
        "network": network(jnp, jax.jit),
        "training": training(jnp, jax.jit),
    }


def main():
    rows = {"numpy": numpy_rows, "numexpr": numexpr_rows, "jax": jax_rows}[sys.argv[1]]()
    for name in sys.argv[2:]:
        work = rows.get(name)
        if work is None:
            continue
        best = float("inf")
        for _ in range(3 if name in ("network", "training", "scalar-loop") else 10):
            start = time.perf_counter()
            r = work()
            best = min(best, time.perf_counter() - start)
        r = np.asarray(r)
        check = r[0] + r[499999] + r[-1] if name == "sorting" else checked(r)
        print(f"{name} {best * 1e3:.6f} {check:.17g}", flush=True)


main()
