import Foundation
import Testing
import Theta

@testable import ThetaGradients

@Suite("Automatic differentiation")
struct DifferentiationTests {
  @Test("every rule is that of a function, and the golden script tests it")
  func rulesAreTested() throws {
    let scripts = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden/learn")
    let text = try ["gradient_rules.nn", "valgrad_functions.nn"]
      .map { try String(contentsOf: scripts.appending(path: $0), encoding: .utf8) }
      .joined()
    // Operators by name, and functions that mean the same.
    let same: Set<String> = [
      "rdivide", "ldivide", "mpower", "mtimes", "mrdivide", "mldivide", "uminus", "uplus", "transpose",
      "ctranspose",
      "power", "inverse", "single", "squeeze", "vertcat", "ipermute", "rotdim", "resize", "prepad",
      "shiftdim", "vech",
      "repelem", "shift", "blkdiag", "ifelse", "colon",
    ]
    for name in Rules.table.keys {
      #expect(run("x = exist ('\(name)'); printf ('%d', x);").text != "0", "\(name) does not exist")
      #expect(same.contains(name) || text.contains(name), "\(name) is not tested")
    }
  }

  @Test("a function has one way only to treat tracked numbers")
  func listsAreDisjoint() {
    #expect(Rules.plain.isDisjoint(with: Rules.passing))
    for name in Rules.table.keys {
      #expect(!Rules.plain.contains(name), "\(name)")
    }
  }

  @Test("long chains of operations neither overflow the stack nor take quadratic time")
  func longChains() {
    let sum = run(
      """
      function r = f (t), r = 0; for k = 1:50000, r = r + t * k; end, end
      [J, g] = valgrad (@f, 2); printf ("%d %d", J, g);
      """)
    #expect(sum.error == nil)
    #expect(sum.text == "2500050000 1250025000")
    let filled = run(
      """
      function r = f (t), p = zeros (20000, 1); for k = 1:20000, p(k) = t(k) * k; end, r = sum (p); end
      [J, g] = valgrad (@f, ones (20000, 1)); printf ("%d %d", J, sum (g));
      """)
    #expect(filled.error == nil)
    #expect(filled.text == "200010000 200010000")
  }

  @Test("nothing stays behind: after an error builtins work as before")
  func recovers() {
    let result = run(
      """
      try, valgrad (@(t) floor (t), 1); catch err, disp (err.message); end
      printf ("%d", floor (2.5));
      """)
    #expect(result.error == nil)
    #expect(result.text == "floor: this function cannot be differentiated\n2")
  }

  @Test(
    "no argument traps",
    arguments: [
      "valgrad", "withgrad", "jacobian", "hessvec", "unroll", "reroll", "layersummary", "checkgrad", "fmincg",
      "fminlbfgs",
      "minFunc", "fmintnc", "gradientDescent", "sgd", "adam", "leakyrelu", "elu", "softplus", "logsumexp",
      "softmax",
      "besttheta", "crossentropy", "logloss", "mse", "hinge", "onehot", "accuracy", "minibatches",
      "nnforward",
    ])
  func anyArguments(_ name: String) {
    let values = [
      "[]", "1", "NaN", "Inf", "-1", "[1 2 3]", "ones (2, 0)", "'text'", "{}", "{1, 'a'}", "struct ()",
      "@sin",
      "@(t) t", "@(t, varargin) sum (t(:))", "int8 (3)", "1i", "true", "ones (2, 2, 2)", "1e300",
      "[2 3; 1e9 1e9]",
    ]
    var code = ""
    for a in values {
      code += "try, x = \(name) (\(a)); catch, end\n"
      for b in values { code += "try, x = \(name) (\(a), \(b)); catch, end\n" }
    }
    for a in ["@(t) t", "@(t, varargin) sum (t(:))", "1"] {
      for c in values { code += "try, x = \(name) (\(a), [1 2], \(c)); catch, end\n" }
    }
    let result = run(code + "printf ('end');")
    #expect(result.text.hasSuffix("end"), "\(name): \(result.error ?? "")")
  }
}
