import ThetaArrays
import ThetaRuntime

/// `fzero`: a bracket, narrowed by R. P. Brent's method (1973, chapter 4): inverse quadratic interpolation
/// and secants while they help, bisection otherwise.
enum ScalarZero {
  /// Where a second point is looked for, as parts of the first.
  private static let offsets = [
    -0.01, 0.025, -0.05, 0.1, -0.25, 0.5, -1, 2.5, -5, 10, -50, 100, -500, 1000,
  ]

  static func fzero(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let function = try call.function(0)
    guard let start = call[1].full.realArray, start.count >= 1, start.count <= 2 else {
      throw call.error("X0 must be one or two numbers")
    }
    let settings = try OptimizerSettings(call.optional(2), function: call.name)
    let tolerance = settings.number("TolX", default: Double.ulpOfOne)
    let mostIterations = settings.count("MaxIter", default: 1_000_000)
    let mostEvaluations = settings.count("MaxFunEvals", default: 1_000_000)
    var objective = Objective(call, function: function, shape: .scalar)

    var a = start[0]
    var fa = try objective.cost(at: NDArray(scalar: a))
    var (b, fb) = (a, fa)
    if start.count == 2 {
      b = start[1]
      fb = try objective.cost(at: NDArray(scalar: b))
    } else if fa != 0 {
      let unit = a == 0 ? 0.1 : a
      for offset in offsets {
        b = unit + unit * offset
        fb = try objective.cost(at: NDArray(scalar: b))
        if fb == 0 || (fb < 0) != (fa < 0) { break }
      }
    }
    guard fa == 0 || fb == 0 || (!fa.isNaN && !fb.isNaN && (fa < 0) != (fb < 0)) else {
      throw call.error("not a valid initial bracketing", identifier: "Octave:fzero:bracket")
    }
    let largestAtStart = max(abs(fa), abs(fb))
    if abs(fa) < abs(fb) { (a, fa, b, fb) = (b, fb, a, fa) }

    // b is the best point, a the one before, c the other end of the bracket.
    var (c, fc) = (a, fa)
    var (step, before) = (b - a, b - a)
    var iterations = 0
    var info = 0
    while iterations < mostIterations, objective.evaluations < mostEvaluations {
      if (fb < 0) == (fc < 0), fb != 0 {
        (c, fc) = (a, fa)
        step = b - a
        before = step
      }
      if abs(fc) < abs(fb) { (a, fa, b, fb, c, fc) = (b, fb, c, fc, b, fb) }
      let tol = 2 * Double.ulpOfOne * abs(b) + 0.5 * min(tolerance, abs(c - b) + tolerance)
      let middle = 0.5 * (c - b)
      if abs(middle) <= tol || fb == 0 {
        info = 1
        break
      }
      if abs(before) >= tol, abs(fa) > abs(fb) {
        var (p, q): (Double, Double)
        let s = fb / fa
        if a == c {
          p = 2 * middle * s
          q = 1 - s
        } else {
          let t = fa / fc
          let r = fb / fc
          p = s * (2 * middle * t * (t - r) - (b - a) * (r - 1))
          q = (t - 1) * (r - 1) * (s - 1)
        }
        if p > 0 { q = -q } else { p = -p }
        if 2 * p < min(3 * middle * q - abs(tol * q), abs(before * q)) {
          before = step
          step = p / q
        } else {
          step = middle
          before = middle
        }
      } else {
        step = middle
        before = middle
      }
      (a, fa) = (b, fb)
      b += abs(step) > tol ? step : middle > 0 ? tol : -tol
      fb = try objective.cost(at: NDArray(scalar: b))
      iterations += 1
    }
    // A change of sign with large values on both sides is a pole, not a zero.
    if info == 1, abs(fb) > 1e3 * largestAtStart, abs(fb) > 1 { info = -5 }
    let ends = b <= c ? [(b, fb), (c, fc)] : [(c, fc), (b, fb)]
    let output = Value.structure([
      ("iterations", .integer(iterations)), ("funcCount", .integer(objective.evaluations)),
      ("algorithm", .string("bisection, interpolation")),
      ("bracketx", .row(ends.map { $0.0 })), ("brackety", .row(ends.map { $0.1 })),
    ])
    return [.number(b), .number(fb), .integer(info), output]
  }
}
