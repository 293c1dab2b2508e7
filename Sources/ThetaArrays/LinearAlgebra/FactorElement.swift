// The LAPACK routines as functions of the element type, so that each factorization is written once for real
// and complex matrices. Matrices are column-major without gaps; a result of zero means success, as in
// LAPACK.

import COpenBLAS

/// Which triangle of a matrix holds the data.
public enum Triangle: Sendable, Equatable {
  case upper, lower
  var mode: String { self == .upper ? "U" : "L" }
}

/// A number that LAPACK factors: `Double` and `ComplexDouble`.
public protocol FactorElement: ProductElement, Equatable {
  typealias Matrix = UnsafeMutablePointer<Self>
  typealias Reals = UnsafeMutablePointer<Double>
  typealias Integers = UnsafeMutablePointer<Int32>
  typealias Complexes = UnsafeMutablePointer<ComplexDouble>

  init(real: Double)
  var realPart: Double { get }
  var imaginaryPart: Double { get }
  var isFiniteNumber: Bool { get }
  /// The absolute value.
  var magnitudeValue: Double { get }
  static var isComplex: Bool { get }
  static func sum(_ a: Self, _ b: Self) -> Self
  static func product(_ a: Self, _ b: Self) -> Self
  static func quotient(_ a: Self, _ b: Self) -> Self
  static func scaled(_ a: Self, by factor: Double) -> Self

  static func getrf(_ m: Int32, _ n: Int32, _ a: Matrix, _ pivots: Integers) -> Int32
  static func getri(_ n: Int32, _ a: Matrix, _ pivots: Integers) -> Int32
  static func getrs(
    _ transform: MatrixTransform, _ n: Int32, _ columns: Int32, _ a: Matrix, _ pivots: Integers, _ b: Matrix
  ) -> Int32
  static func potrf(_ triangle: Triangle, _ n: Int32, _ a: Matrix) -> Int32
  static func potri(_ triangle: Triangle, _ n: Int32, _ a: Matrix) -> Int32
  static func potrs(_ triangle: Triangle, _ n: Int32, _ columns: Int32, _ a: Matrix, _ b: Matrix) -> Int32
  static func trtrs(
    _ triangle: Triangle, _ transform: MatrixTransform, _ n: Int32, _ columns: Int32, _ a: Matrix, _ b: Matrix
  ) -> Int32
  static func trtri(_ triangle: Triangle, _ n: Int32, _ a: Matrix) -> Int32

  /// Reciprocal condition numbers in the 1-norm.
  static func gecon(_ n: Int32, _ a: Matrix, norm: Double) -> Double
  static func pocon(_ triangle: Triangle, _ n: Int32, _ a: Matrix, norm: Double) -> Double
  static func trcon(_ triangle: Triangle, _ n: Int32, _ a: Matrix) -> Double

  static func geqrf(_ m: Int32, _ n: Int32, _ a: Matrix, _ tau: Matrix) -> Int32
  static func geqp3(_ m: Int32, _ n: Int32, _ a: Matrix, _ pivots: Integers, _ tau: Matrix) -> Int32
  static func orgqr(_ m: Int32, _ n: Int32, _ k: Int32, _ a: Matrix, _ tau: Matrix) -> Int32

  /// `job` is "A", "S" or "N" for both sides.
  static func gesvd(
    _ job: String, _ m: Int32, _ n: Int32, _ a: Matrix, _ s: Reals, _ u: Matrix, _ ldu: Int32, _ vt: Matrix,
    _ ldvt: Int32
  ) -> Int32
  static func gelsd(
    _ m: Int32, _ n: Int32, _ columns: Int32, _ a: Matrix, _ b: Matrix, _ ldb: Int32, _ s: Reals,
    _ rank: Integers
  ) -> Int32

  static func syev(vectors: Bool, _ n: Int32, _ a: Matrix, _ w: Reals) -> Int32
  /// Left and right vectors are written only where a pointer is given.
  static func geevx(
    balanced: Bool, _ n: Int32, _ a: Matrix, _ w: Complexes, _ left: Complexes?, _ right: Complexes?
  ) -> Int32
  static func sygv(vectors: Bool, _ n: Int32, _ a: Matrix, _ b: Matrix, _ w: Reals) -> Int32
  static func ggev(
    _ n: Int32, _ a: Matrix, _ b: Matrix, _ alpha: Complexes, _ beta: Complexes, _ left: Complexes?,
    _ right: Complexes?
  ) -> Int32

  static func gees(_ n: Int32, _ a: Matrix, _ w: Complexes, _ vectors: Matrix?) -> Int32
  static func gebal(
    _ job: String, _ n: Int32, _ a: Matrix, _ low: Integers, _ high: Integers, _ scale: Reals
  ) -> Int32
  static func gehrd(_ n: Int32, _ low: Int32, _ high: Int32, _ a: Matrix, _ tau: Matrix) -> Int32
  static func orghr(_ n: Int32, _ low: Int32, _ high: Int32, _ a: Matrix, _ tau: Matrix) -> Int32
}

extension FactorElement {
  /// Runs a routine twice: first it says how much workspace it wants, then it gets it.
  static func withWorkspace(_ call: (Matrix, Int32) -> Void) {
    let query = Matrix.allocate(capacity: 1)
    query.initialize(to: .zero)
    call(query, -1)
    let size = Swift.max(1, Int32(clamping: Int(exactly: query.pointee.realPart.rounded(.up)) ?? 1))
    query.deallocate()
    let work = Matrix.allocate(capacity: Int(size))
    work.initialize(repeating: .zero, count: Int(size))
    call(work, size)
    work.deallocate()
  }
}

/// Scratch memory of a fixed size for the length of a call.
func withScratch<T, Result>(
  _ type: T.Type, _ count: Int, zero: T, _ body: (UnsafeMutablePointer<T>) -> Result
) -> Result {
  let memory = UnsafeMutablePointer<T>.allocate(capacity: Swift.max(1, count))
  memory.initialize(repeating: zero, count: Swift.max(1, count))
  defer { memory.deallocate() }
  return body(memory)
}

extension MatrixTransform {
  var mode: String {
    switch self {
    case .plain: "N"
    case .transposed: "T"
    case .conjugateTransposed: "C"
    }
  }
}
