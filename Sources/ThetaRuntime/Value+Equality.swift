import ThetaArrays

/// Equality as `isequal` defines it: the same sizes and equal elements, whatever the numeric classes; text
/// equals the codes of its characters; cells and structs element by element, fields in any order; NaN equals
/// nothing.
public enum Equality {
  public static func isEqual(_ a: Value, _ b: Value, nanEqual: Bool = false) -> Bool {
    switch (a, b) {
    case (.number(let x), .number(let y)): return x == y || nanEqual && x.isNaN && y.isNaN
    case (.cell(let x), .cell(let y)):
      guard x.shape == y.shape else { return false }
      return zip(x, y).allSatisfy { isEqual($0, $1, nanEqual: nanEqual) }
    case (.structure(let x), .structure(let y)): return structures(x, y, nanEqual)
    case (.function(let x), .function(let y)): return isSame(x, y)
    case (.object(let x), .object(let y)): return x === y || x.isEqual(to: y)
    case (.undefined, .undefined): return true
    default: return numbers(a, b, nanEqual)
    }
  }

  /// Handles are equal when they name the same function or are copies of one anonymous function.
  static func isSame(_ a: FunctionValue, _ b: FunctionValue) -> Bool {
    if a === b { return true }
    guard case .named(let x) = a.kind, case .named(let y) = b.kind else { return false }
    return x == y
  }

  private static func structures(_ a: StructArray, _ b: StructArray, _ nanEqual: Bool) -> Bool {
    guard a.shape == b.shape, a.names.count == b.names.count else { return false }
    for (slot, name) in a.names.enumerated() {
      guard let other = b.slot(of: name) else { return false }
      for element in 0..<a.count {
        let x = a.values[element * a.names.count + slot]
        let y = b.values[element * b.names.count + other]
        if !isEqual(x, y, nanEqual: nanEqual) { return false }
      }
    }
    return true
  }

  private static func numbers(_ a: Value, _ b: Value, _ nanEqual: Bool) -> Bool {
    guard a.numericClass != nil, b.numericClass != nil, a.shape == b.shape else { return false }
    if a.isComplex || b.isComplex {
      guard let x = a.complexArray, let y = b.complexArray else { return false }
      return zip(x, y).allSatisfy { p, q in
        same(p.real, q.real, nanEqual) && same(p.imaginary, q.imaginary, nanEqual)
      }
    }
    if a.isInteger || b.isInteger {
      // 64-bit integers have more digits than a double.
      guard let result = try? Comparison.apply(.equal, a, b), let truths = try? Logic.truths(result) else {
        return false
      }
      return !truths.contains { !$0 }
    }
    guard let x = a.realArray, let y = b.realArray else { return false }
    for i in 0..<x.count where !same(x.base[i], y.base[i], nanEqual) { return false }
    return true
  }

  @inline(__always)
  private static func same(_ x: Double, _ y: Double, _ nanEqual: Bool) -> Bool {
    x == y || nanEqual && x.isNaN && y.isNaN
  }
}
