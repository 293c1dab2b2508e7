import ThetaArrays

/// A value whose behaviour is its own: error objects now, maps and parsers as the library grows.
/// Subclasses override what they support.
open class ObjectValue {
  public init() {}

  /// `class (x)`
  open var className: String { "object" }
  open var shape: Shape { .scalar }

  /// `x.name`; nil when there is no such property.
  open func property(_ name: String) throws(RuntimeError) -> Value? { nil }

  /// `x.name = value`; false when there is no such property.
  open func setProperty(_ name: String, _ value: Value) throws(RuntimeError) -> Bool { false }

  /// `x.name (arguments)` or `name (x, arguments)`; nil when there is no such method.
  open func callMethod(_ name: String, _ arguments: [Value], outputs: Int) throws(RuntimeError) -> [Value]? {
    nil
  }

  /// `x(subscripts)`; nil when the object cannot be indexed.
  open func index(_ subscripts: [Value]) throws(RuntimeError) -> Value? { nil }

  /// `x(subscripts) = value`; false when the object cannot be indexed.
  open func setIndex(_ subscripts: [Value], _ value: Value) throws(RuntimeError) -> Bool { false }

  /// A binary operator with this object on either side; nil when it has no such operator.
  open func operate(_ operation: BinaryOperation, _ a: Value, _ b: Value) throws(RuntimeError) -> Value? {
    nil
  }

  /// A unary operator on this object; nil when it has no such operator.
  open func operate(_ operation: UnaryOperation, _ a: Value) throws(RuntimeError) -> Value? { nil }

  /// `isequal (x, y)` for another object.
  open func isEqual(to other: ObjectValue) -> Bool { self === other }

  /// `[ … ]` with this object among the rows of values; nil when it does not join.
  open func concatenate(_ rows: [[Value]]) throws(RuntimeError) -> Value? { nil }

  /// What `disp` prints.
  open var displayText: String { "  <object \(className)>\n" }
}
