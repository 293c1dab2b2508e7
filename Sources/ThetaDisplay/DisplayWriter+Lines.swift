import ThetaArrays
import ThetaRuntime

// Values that take one line: scalars, strings, empty arrays, named handles.

extension DisplayWriter {
  /// The text of a value that is one line, without its end; nil for a value that needs a block.
  func line(of value: Value) -> [UInt8]? {
    switch value {
    case .undefined: return Array("<undefined>".utf8)
    case .number(let x): return scalar(x, single: false)
    case .logical(let b):
      if format.style == .plus { return [b ? UInt8(ascii: "+") : UInt8(ascii: " ")] }
      return IntegerTexts(NDArray(scalar: b ? 1 : 0 as UInt8), format.style).texts.first.map {
        Array($0.utf8)
      }
    case .text(let array, _): return string(array)
    case .function(let function):
      guard case .named(let name) = function.kind else { return nil }
      return Array((name.hasPrefix("@") ? name : "@" + name).utf8)
    case .cell(let array): return emptyOrDeepCell(array.shape)
    case .structure: return nil
    case .object: return nil
    default: break
    }
    let shape = value.shape
    if shape.isEmpty { return empty("[]", shape) }
    guard shape.isScalar else { return nil }
    if format.style == .plus { return [sign(of: value, 0)] }
    switch value {
    case .single(let a): return scalar(Double(a[0]), single: true)
    case .complex(let a): return complexScalar(a[0].real, a[0].imaginary, single: false)
    case .singleComplex(let a):
      return complexScalar(Double(a[0].real), Double(a[0].imaginary), single: true)
    case .range(let range): return scalar(range[0], single: false)
    case .diagonal, .permutation: return line(of: value.full)
    default: return value.integers(format.style)?.texts.first.map { Array($0.utf8) }
    }
  }

  /// A real number on its own.
  func scalar(_ x: Double, single: Bool) -> [UInt8] {
    if format.style == .plus { return [sign(of: .number(x), 0)] }
    let rules = NumberRules(format, single: single)
    let number = rules.scalar(rules.extent(of: CollectionOfOne(x), isExact: true))
    var text: [UInt8] = []
    number.append(x, width: number.width - 1, to: &text)
    return text
  }

  private func complexScalar(_ real: Double, _ imaginary: Double, single: Bool) -> [UInt8] {
    let number = NumberRules(format, single: single).complexScalar(real, imaginary)
    var text: [UInt8] = []
    number.append(real, imaginary, to: &text)
    return text
  }

  private func string(_ array: NDArray<UInt8>) -> [UInt8]? {
    let shape = array.shape
    guard shape.is2D else { return shape.rows == 0 ? empty("[]", shape) : nil }
    if shape.rows == 0 { return [] }
    return shape.rows == 1 ? Array(array) : nil
  }

  private func emptyOrDeepCell(_ shape: Shape) -> [UInt8]? {
    if !shape.is2D { return Array("{\(shape) Cell Array}".utf8) }
    return shape.isEmpty ? empty("{}", shape) : nil
  }

  /// `[](0x3)`
  func empty(_ brackets: String, _ shape: Shape) -> [UInt8] {
    Array((format.showsEmptySizes ? "\(brackets)(\(shape))" : brackets).utf8)
  }
}
