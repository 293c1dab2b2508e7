/// What an array may hold: anything with a value for the places that growth leaves unset.
public protocol ArrayElement {
  /// The fill value: zero, false, NUL, or an empty matrix in a cell.
  static var zero: Self { get }
}

extension Double: ArrayElement {}
extension Float: ArrayElement {}
extension Int8: ArrayElement {}
extension Int16: ArrayElement {}
extension Int32: ArrayElement {}
extension Int64: ArrayElement {}
extension UInt8: ArrayElement {}
extension UInt16: ArrayElement {}
extension UInt32: ArrayElement {}
extension UInt64: ArrayElement {}
extension Bool: ArrayElement {
  @inlinable public static var zero: Bool { false }
}
