import ThetaArrays
import ThetaRuntime

/// The window of one frame onto the machine's stack of values: the one type of this module that reads and writes
/// through a pointer. Invariant: every register in a chunk's code is below its register count, and a frame initialises
/// that many. The compiler hands registers out so; in debug builds the verifier checks every chunk.
struct Registers {
  let base: UnsafeMutablePointer<Value>

  @inline(__always)
  init(_ base: UnsafeMutablePointer<Value>) { self.base = base }

  @inline(__always)
  subscript(_ register: Register) -> Value {
    get { base[Int(register)] }
    nonmutating set { base[Int(register)] = newValue }
  }

  @inline(__always)
  subscript(_ register: UInt8) -> Value { base[Int(register)] }

  /// Moves a value out, so that the taker may be its only owner, and leaves no value.
  @inline(__always)
  func take(_ register: Register) -> Value {
    let value = (base + Int(register)).move()
    (base + Int(register)).initialize(to: .undefined)
    return value
  }

  @inline(__always)
  func clear(_ register: Register) { base[Int(register)] = .undefined }

  /// A run of registers as the arguments of a call.
  @inline(__always)
  func window(_ first: Register, _ count: Int) -> Arguments {
    Arguments(base: base + Int(first), count: count)
  }

  func clear(_ first: Register, _ count: Int) {
    for offset in 0..<count { base[Int(first) + offset] = .undefined }
  }
}

extension Registers {
  /// Moves a real array out of a register, leaving no value, so that the caller may be its only owner.
  @inline(__always)
  func takeReal(_ a: Register) -> NDArray<Double>? {
    guard case .real(let array) = self[a] else { return nil }
    base[Int(a)] = .undefined
    return array
  }

  /// Moves a struct out of a register in the same way.
  @inline(__always)
  func takeStructure(_ a: Register) -> StructArray? {
    guard case .structure(let fields) = self[a] else { return nil }
    base[Int(a)] = .undefined
    return fields
  }

  /// Moves a cell out of a register in the same way.
  @inline(__always)
  func takeCell(_ a: Register) -> NDArray<Value>? {
    guard case .cell(let cell) = self[a] else { return nil }
    base[Int(a)] = .undefined
    return cell
  }

  /// a(x) ← value, when a is a real array that nothing else holds and x is one of its subscripts.
  @inline(__always)
  func storeScalar(_ value: Double, in a: Register, at x: Double) -> Bool {
    guard var array = takeReal(a) else { return false }
    defer { base[Int(a)] = .real(array) }
    let count = array.count
    guard x >= 1, x <= Double(count &+ 1) else { return false }
    let k = Int(x)
    guard Double(k) == x, isKnownUniquelyReferenced(&array) else { return false }
    if k > count {
      // `x(end+1) = v`
      let shape = array.shape
      guard count > 1, shape.isVector else { return false }
      array.append(value, shape: shape.rows == 1 ? Shape(1, k) : Shape(k, 1))
      return true
    }
    array[k &- 1] = value
    return true
  }

  /// a(x, y) ← value, under the same conditions.
  @inline(__always)
  func storeScalar(_ value: Double, in a: Register, row x: Double, column y: Double) -> Bool {
    guard var array = takeReal(a) else { return false }
    defer { base[Int(a)] = .real(array) }
    let rows = array.shape.rows
    guard x >= 1, y >= 1, x <= Double(rows), y <= Double(array.shape.columns), array.shape.is2D else {
      return false
    }
    let (i, j) = (Int(x), Int(y))
    guard Double(i) == x, Double(j) == y, isKnownUniquelyReferenced(&array) else { return false }
    array[(i &- 1) &+ (j &- 1) &* rows] = value
    return true
  }
}

extension Value {
  @inline(__always)
  var isUndefined: Bool { if case .undefined = self { true } else { false } }
}
