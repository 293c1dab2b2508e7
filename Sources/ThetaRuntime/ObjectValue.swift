import ThetaArrays

/// A value whose behaviour is its own: error objects now, maps and parsers as the library grows.
/// Subclasses override what they support.
open class ObjectValue {
  public init() {}

  /// `class (x)`
  open var className: String { "object" }
  open var shape: Shape { .scalar }

  /// `numel (x)`, and what `end` means as the only subscript.
  open var elementCount: Int { shape.count }

  /// Uses for which an object has an error of its own.
  public enum Use {
    /// `x{…}`
    case brace
    /// `x{…} = value`
    case braceAssignment
    /// `x(…).name = value` and other places inside what the object holds
    case nestedAssignment
  }

  /// The error for a use that the object refuses; nil where the general one will do.
  open func refusal(of use: Use) -> RuntimeError? { nil }

  /// `x.name`; nil when there is no such property.
  open func property(_ name: String) throws(RuntimeError) -> Value? { nil }

  /// `x.name = value`; false when there is no such property.
  open func setProperty(_ name: String, _ value: Value) throws(RuntimeError) -> Bool { false }

  /// `x.name (arguments)` or `name (x, arguments)`; nil when there is no such method.
  open func callMethod(_ name: String, _ arguments: [Value], outputs: Int) throws(RuntimeError) -> [Value]? {
    nil
  }

  /// `x(subscripts)`; nil when the object cannot be indexed. `name` is the variable's, for messages.
  open func index(_ subscripts: [Value], name: String) throws(RuntimeError) -> Value? { nil }

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

  /// `cat (dimension + 1, …)` with this object among the values; nil when it does not join.
  open func concatenate(_ values: [Value], along dimension: Int) throws(RuntimeError) -> Value? {
    dimension < 2 ? try concatenate(dimension == 0 ? values.map { [$0] } : [values]) : nil
  }

  // MARK: - Objects that stand for numbers

  /// The number that an object stands for: what conditions, subscripts and displays see. Nil for other objects.
  open var plainValue: Value? { nil }

  /// `a * b` with either side transposed and this object on either side; nil when there is no such product.
  open func product(
    _ a: Value, hermitian hermitianA: Bool, _ b: Value, hermitian hermitianB: Bool
  ) throws(RuntimeError) -> Value? { nil }

  /// `base:increment:limit` with this object as base or increment; `plain` holds its numbers. Nil when those will do.
  open func range(
    _ base: Value, _ increment: Value?, _ limit: Value, _ plain: Value
  ) throws(RuntimeError) -> Value? { nil }

  /// A builtin with this object among its arguments, while `Context.overriding` is positive; nil runs the
  /// builtin itself.
  open func call(_ call: inout Call) throws(RuntimeError) -> [Value]? { nil }

  /// The same elements in another shape; nil when it has none.
  open func reshaped(to shape: Shape) throws(RuntimeError) -> Value? { nil }

  /// `value(subscripts) = new` where either is such an object; false when the ordinary assignment applies. A
  /// function of the class, so that nobody else holds the object that is changed.
  open class func assign(
    _ value: inout Value, _ subscripts: Arguments, _ new: Value, in context: Context?
  ) throws(RuntimeError) -> Bool { false }

  /// `value(subscripts) = []`; false when the ordinary deletion applies.
  open class func delete(
    _ value: inout Value, _ subscripts: Arguments
  ) throws(RuntimeError) -> Bool { false }

  /// What `disp` prints.
  open var displayText: String { "  <object \(className)>\n" }

  /// What stands for the object in the display of a struct or a cell, under a name with this indent.
  open func nestedDisplayText(indent: Int) -> String { displayText }
}

extension Value {
  /// The value itself, or the number that an object stands for.
  public var plain: Value {
    guard case .object(let object) = self, let value = object.plainValue else { return self }
    return value.plain
  }

  /// The class of the object that this is, without holding the object.
  package var objectType: ObjectValue.Type? {
    guard case .object(let object) = self else { return nil }
    return type(of: object)
  }
}

extension Call {
  /// What an object among the arguments makes of this call; nil when the builtin runs as it is.
  package mutating func overridden() throws(RuntimeError) -> [Value]? {
    for position in 0..<count {
      if case .object(let object) = self[position], let values = try object.call(&self) { return values }
    }
    return nil
  }
}
