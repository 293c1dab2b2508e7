"""Conjugate gradients as Theta's fmincg does them, for the Python peers: Polack-Ribiere directions, and a line search that
interpolates until the Wolfe-Powell conditions hold (C. E. Rasmussen's "minimize" of 2002)."""
import math
import sys

RHO, SIG = 0.01, 0.5  # the Wolfe-Powell conditions
INT, EXT = 0.1, 3.0  # how near to a bracket's end, how far beyond the last point
EVALUATIONS, RATIO = 20, 100.0  # in a line search; growth of the first step


def root(x):
    return math.sqrt(x) if x >= 0 else math.nan


def quotient(a, b):
    return a / b if b != 0 else math.nan


def fmincg(cost, x, iterations):
    """The costs of the iterates of cost (x) -> (value, gradient) from x."""

    def walk(x, step, s):
        x = x + step * s
        f, df = cost(x)
        return x, float(f), df, float(df @ s)

    f1, df1 = cost(x)
    f1, s = float(f1), -df1
    d1 = -float(s @ s)
    z1, failed, costs = 1 / (1 - d1), False, []
    for _ in range(iterations):
        before = x, f1, df1
        x, f2, df2, d2 = walk(x, z1, s)
        f3, d3, z3, left, limit, success = f1, d1, -z1, EVALUATIONS, -1.0, False
        while True:
            while (f2 > f1 + z1 * RHO * d1 or d2 > -SIG * d1) and left > 0:
                limit = z1
                if f2 > f1:
                    z2 = z3 - quotient(0.5 * d3 * z3 * z3, d3 * z3 + f2 - f3)
                else:
                    a = 6 * (f2 - f3) / z3 + 3 * (d2 + d3)
                    b = 3 * (f3 - f2) - z3 * (d3 + 2 * d2)
                    z2 = quotient(root(b * b - a * d2 * z3 * z3) - b, a)
                if not math.isfinite(z2):
                    z2 = z3 / 2
                z2 = max(min(z2, INT * z3), (1 - INT) * z3)
                z1 += z2
                x, f2, df2, d2 = walk(x, z2, s)
                left -= 1
                z3 -= z2
            if f2 > f1 + z1 * RHO * d1 or d2 > -SIG * d1:
                break
            if d2 > SIG * d1:
                success = True
                break
            if left == 0:
                break
            a = 6 * (f2 - f3) / z3 + 3 * (d2 + d3)
            b = 3 * (f3 - f2) - z3 * (d3 + 2 * d2)
            z2 = quotient(-d2 * z3 * z3, b + root(b * b - a * d2 * z3 * z3))
            if not math.isfinite(z2) or z2 < 0:
                z2 = z1 * (EXT - 1) if limit < -0.5 else (limit - z1) / 2
            elif limit > -0.5 and z2 + z1 > limit:
                z2 = (limit - z1) / 2
            elif limit < -0.5 and z2 + z1 > z1 * EXT:
                z2 = z1 * (EXT - 1)
            elif z2 < -z3 * INT:
                z2 = -z3 * INT
            elif limit > -0.5 and z2 < (limit - z1) * (1 - INT):
                z2 = (limit - z1) * (1 - INT)
            f3, d3, z3 = f2, d2, -z2
            z1 += z2
            x, f2, df2, d2 = walk(x, z2, s)
            left -= 1
        if success:
            f1 = f2
            costs.append(f1)
            s = float((df2 @ df2 - df1 @ df2) / (df1 @ df1)) * s - df2
            df1, df2 = df2, df1
            d2 = float(df1 @ s)
            if d2 > 0:
                s = -df1
                d2 = -float(s @ s)
            z1 *= min(RATIO, d1 / (d2 - sys.float_info.min))
            d1, failed = d2, False
        else:
            x, f1, df1 = before
            if failed:
                break
            s = -df1
            d1 = -float(s @ s)
            z1, failed = 1 / (1 - d1), True
    return costs
