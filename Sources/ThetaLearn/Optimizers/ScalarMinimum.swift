import ThetaArrays
import ThetaRuntime

/// `fminbnd`: R. P. Brent's "localmin" (Algorithms for Minimization without Derivatives, 1973, chapter 5).
enum ScalarMinimum {
  static func fminbnd(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let function = try call.function(0)
    var a = try call.real(1, "A must be a number")
    var b = try call.real(2, "B must be a number")
    if a > b {
      throw call.error(
        "the lower bound cannot be greater than the upper one", identifier: "Octave:invalid-input-arg")
    }
    let settings = try OptimizerSettings(call.optional(3), function: call.name)
    let tolerance = settings.number("TolX", default: 1e-4)
    let mostIterations = settings.count("MaxIter", default: 500)
    let mostEvaluations = settings.count("MaxFunEvals", default: 500)
    var objective = Objective(call, function: function, shape: .scalar)

    let golden = 0.5 * (3 - 5.0.squareRoot())
    // x is the best point, w the second best, v the w before; step is the last step and before the one before
    // it.
    var x = a + golden * (b - a)
    var (w, v) = (x, x)
    var (step, before) = (0.0, 0.0)
    var fx = try objective.cost(at: NDArray(scalar: x))
    var (fw, fv) = (fx, fx)
    var iterations = 0
    var info = 0
    while iterations < mostIterations, objective.evaluations < mostEvaluations {
      let middle = 0.5 * (a + b)
      let tol = 2 * Double.ulpOfOne.squareRoot() * abs(x) + tolerance / 3
      if abs(x - middle) <= 2 * tol - 0.5 * (b - a) {
        info = 1
        break
      }
      var isParabolic = false
      if abs(before) > tol {
        // The parabola through x, w and v has its minimum at x + p / q.
        var r = (x - w) * (fx - fv)
        var q = (x - v) * (fx - fw)
        var p = (x - v) * q - (x - w) * r
        q = 2 * (q - r)
        if q > 0 { p = -p } else { q = -q }
        r = before
        before = step
        if abs(p) < abs(0.5 * q * r), p > q * (a - x), p < q * (b - x) {
          step = p / q
          let u = x + step
          if min(u - a, b - u) < 2 * tol { step = x < middle ? tol : -tol }
          isParabolic = true
        }
      }
      if !isParabolic {
        before = x >= middle ? a - x : b - x
        step = golden * before
      }
      let u = x + (abs(step) >= tol ? step : step > 0 ? tol : -tol)
      let fu = try objective.cost(at: NDArray(scalar: u))
      if fu <= fx {
        if u >= x { a = x } else { b = x }
        (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu)
      } else {
        if u < x { a = u } else { b = u }
        if fu <= fw || w == x {
          (v, fv, w, fw) = (w, fw, u, fu)
        } else if fu <= fv || v == x || v == w {
          (v, fv) = (u, fu)
        }
      }
      iterations += 1
    }
    let output = Value.structure([
      ("iterations", .integer(iterations)), ("funcCount", .integer(objective.evaluations)),
      ("algorithm", .string("golden section search, parabolic interpolation")), ("bracket", .row([a, b])),
    ])
    return [.number(x), .number(fx), .integer(info), output]
  }
}
