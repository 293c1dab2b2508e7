import ThetaArrays

/// A value of the language, 16 bytes. Real double and logical scalars live in the enum itself; everything else
/// is one reference to a final class that is immutable while shared, so copying a value is at most one retain.
///
/// Canonical forms, kept by every constructor in this module: a 1×1 real double is `.number`, a 1×1 logical is
/// `.logical` (never a 1×1 `.real` or `.boolean`), and a complex array has at least one nonzero imaginary part
/// unless `complex ()` made it. Use `Value.make` to wrap arrays so that these hold.
public enum Value {
  /// No value: a variable that was never assigned. Never passed to a builtin or an operator.
  case undefined
  case number(Double)
  case logical(Bool)
  case real(NDArray<Double>)
  case boolean(NDArray<Bool>)
  /// Characters as bytes; the quotes that made them matter to `printf` and `regexprep`.
  case text(NDArray<UInt8>, QuoteStyle)
  case complex(NDArray<ComplexDouble>)
  case single(NDArray<Float>)
  case singleComplex(NDArray<ComplexSingle>)
  case int8(NDArray<Int8>)
  case int16(NDArray<Int16>)
  case int32(NDArray<Int32>)
  case int64(NDArray<Int64>)
  case uint8(NDArray<UInt8>)
  case uint16(NDArray<UInt16>)
  case uint32(NDArray<UInt32>)
  case uint64(NDArray<UInt64>)
  case range(RangeValue)
  case diagonal(DiagonalMatrix)
  case permutation(PermutationMatrix)
  case cell(NDArray<Value>)
  case structure(StructArray)
  case function(FunctionValue)
  /// `MException`, `containers.Map` and the like.
  case object(ObjectValue)
}

/// The quotes around a string in the source: `'…'` takes no escapes, so functions that interpret escapes
/// themselves (`printf`, `regexprep`) do so for single-quoted templates only.
public enum QuoteStyle: UInt8, Sendable {
  case single
  case double
}

extension Value: ArrayElement {
  /// What growth puts into the new places of a cell: a 0×0 matrix.
  public static var zero: Value { .real(NDArray<Double>(uninitialized: .empty)) }
}
