import ThetaArrays
import ThetaRuntime

// Real element types under one roof, so that a builtin states its loop once for doubles, singles and the
// eight integer classes.

/// A real element type of the language: double, single or one of the integer classes.
public protocol RealElement: ValueElement, OrderedElement, Comparable, Hashable, Sendable {
  /// The value as a double; 64-bit integers round.
  var double: Double { get }
  /// From a double with the rounding and saturation of the class; NaN becomes zero in the integer classes.
  init(saturating value: Double)
  var isNaN: Bool { get }
  /// Sum, difference and product with the overflow rule of the class.
  func adding(_ other: Self) -> Self
  func subtracting(_ other: Self) -> Self
  func multiplying(_ other: Self) -> Self
  /// What is left of a truncated division by a number that is not zero, with the sign of `self`.
  func remainder(dividingBy other: Self) -> Self
  static var one: Self { get }
  static var isFloating: Bool { get }
}

extension Double: RealElement {
  @inlinable public var double: Double { self }
  @inlinable public init(saturating value: Double) { self = value }
  @inlinable public func adding(_ other: Double) -> Double { self + other }
  @inlinable public func subtracting(_ other: Double) -> Double { self - other }
  @inlinable public func multiplying(_ other: Double) -> Double { self * other }
  @inlinable public func remainder(dividingBy other: Double) -> Double {
    truncatingRemainder(dividingBy: other)
  }
  @inlinable public static var one: Double { 1 }
  @inlinable public static var isFloating: Bool { true }
}

extension Float: RealElement {
  @inlinable public var double: Double { Double(self) }
  @inlinable public init(saturating value: Double) { self = Float(value) }
  @inlinable public func adding(_ other: Float) -> Float { self + other }
  @inlinable public func subtracting(_ other: Float) -> Float { self - other }
  @inlinable public func multiplying(_ other: Float) -> Float { self * other }
  @inlinable public func remainder(dividingBy other: Float) -> Float {
    truncatingRemainder(dividingBy: other)
  }
  @inlinable public static var one: Float { 1 }
  @inlinable public static var isFloating: Bool { true }
}

extension RealElement where Self: FixedWidthInteger {
  @inlinable public var double: Double { Double(self) }
  @inlinable public var isNaN: Bool { false }

  @inlinable public init(saturating value: Double) {
    let rounded = value.rounded(.toNearestOrAwayFromZero)
    if value.isNaN {
      self = 0
    } else if rounded >= Double(Self.max) {
      self = Self.max
    } else if rounded <= Double(Self.min) {
      self = Self.min
    } else {
      self = Self(exactly: rounded) ?? 0
    }
  }

  @inlinable public func adding(_ other: Self) -> Self {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? Self.min : Self.max) : sum
  }

  @inlinable public func subtracting(_ other: Self) -> Self {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other < 0 ? Self.max : Self.min) : difference
  }

  @inlinable public func multiplying(_ other: Self) -> Self {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? ((self < 0) == (other < 0) ? Self.max : Self.min) : product
  }

  @inlinable public func remainder(dividingBy other: Self) -> Self {
    // Division of the least number by -1 would overflow.
    remainderReportingOverflow(dividingBy: other).partialValue
  }

  @inlinable public static var one: Self { 1 }
  @inlinable public static var isFloating: Bool { false }
}

extension Int8: RealElement {}
extension Int16: RealElement {}
extension Int32: RealElement {}
extension Int64: RealElement {}
extension UInt8: RealElement {}
extension UInt16: RealElement {}
extension UInt32: RealElement {}
extension UInt64: RealElement {}

/// Code that runs on the array of a real value, whatever its element type.
public protocol RealVisitor {
  associatedtype Output
  func visit<Element: RealElement>(_ array: NDArray<Element>) throws(RuntimeError) -> Output
}

extension Value {
  /// Runs a visitor on the real elements: logical and char count as doubles. Nil for complex values and for what
  /// has no numbers.
  @inlinable public func visitReal<Visitor: RealVisitor>(_ visitor: Visitor) throws(RuntimeError) -> Visitor
    .Output?
  {
    switch self {
    case .single(let a): return try visitor.visit(a)
    case .int8(let a): return try visitor.visit(a)
    case .int16(let a): return try visitor.visit(a)
    case .int32(let a): return try visitor.visit(a)
    case .int64(let a): return try visitor.visit(a)
    case .uint8(let a): return try visitor.visit(a)
    case .uint16(let a): return try visitor.visit(a)
    case .uint32(let a): return try visitor.visit(a)
    case .uint64(let a): return try visitor.visit(a)
    case .complex, .singleComplex: return nil
    case .diagonal(let d) where d.entries.isComplex || d.entries.isSingle:
      return try full.visitReal(visitor)
    default:
      guard let array = realArray else { return nil }
      return try visitor.visit(array)
    }
  }

  /// An array of doubles in the class `name` (a numeric class, logical or char as in `class (x)`).
  @inlinable public static func converting(_ array: NDArray<Double>, to name: String) -> Value {
    func convert<Element: RealElement>(_: Element.Type) -> Value {
      .make(array.map { Element(saturating: $0) })
    }
    switch name {
    case "single": return convert(Float.self)
    case "int8": return convert(Int8.self)
    case "int16": return convert(Int16.self)
    case "int32": return convert(Int32.self)
    case "int64": return convert(Int64.self)
    case "uint8": return convert(UInt8.self)
    case "uint16": return convert(UInt16.self)
    case "uint32": return convert(UInt32.self)
    case "uint64": return convert(UInt64.self)
    case "logical": return .make(array.map { $0 != 0 })
    case "char": return .text(array.map { UInt8(saturating: $0) }, .single)
    default: return .make(array)
    }
  }
}

/// Code that runs on the array of any value that has an order: real, complex, logical; chars come as bytes.
public protocol OrderedVisitor {
  associatedtype Output
  func visit<Element: ValueElement & OrderedElement>(_ array: NDArray<Element>) throws(RuntimeError) -> Output
}

extension Value {
  /// Runs a visitor on the elements in their own class. Nil for what has no order (cells, structs, …).
  @inlinable public func visitOrdered<Visitor: OrderedVisitor>(_ visitor: Visitor) throws(RuntimeError)
    -> Visitor
    .Output?
  {
    switch self {
    case .number(let x): return try visitor.visit(NDArray(scalar: x))
    case .real(let a): return try visitor.visit(a)
    case .logical(let b): return try visitor.visit(NDArray(scalar: b))
    case .boolean(let a): return try visitor.visit(a)
    case .text(let a, _): return try visitor.visit(a)
    case .complex(let a): return try visitor.visit(a)
    case .single(let a): return try visitor.visit(a)
    case .singleComplex(let a): return try visitor.visit(a)
    case .int8(let a): return try visitor.visit(a)
    case .int16(let a): return try visitor.visit(a)
    case .int32(let a): return try visitor.visit(a)
    case .int64(let a): return try visitor.visit(a)
    case .uint8(let a): return try visitor.visit(a)
    case .uint16(let a): return try visitor.visit(a)
    case .uint32(let a): return try visitor.visit(a)
    case .uint64(let a): return try visitor.visit(a)
    case .range, .diagonal, .permutation: return try full.visitOrdered(visitor)
    case .undefined, .cell, .structure, .function, .object: return nil
    }
  }
}
