import ThetaArrays

@testable import ThetaRuntime

/// Values of every class in small shapes, and helpers to call operators and indexing on them.
enum Samples {
  static let shapes = [
    Shape(0, 0), Shape(1, 1), Shape(1, 3), Shape(3, 1), Shape(2, 3), Shape(0, 3), Shape(1, 0), Shape(2, 2),
    Shape([2, 2, 2]), Shape([1, 1, 3]),
  ]

  static func doubles(_ shape: Shape) -> NDArray<Double> {
    NDArray(shape, (0..<shape.count).map { Double($0) - 1 })
  }

  static var all: [Value] {
    var values: [Value] = []
    for shape in shapes {
      let d = doubles(shape)
      values.append(.make(d))
      values.append(.make(d.map { $0 > 0 }))
      values.append(.make(d.map { ComplexDouble($0, 1) }))
      values.append(.make(d.map { Float($0) }))
      values.append(.make(d.map { ComplexSingle(Float($0), 2) }))
      values.append(.make(d.map { Int8($0) }))
      values.append(.make(d.map { UInt64(abs($0)) }))
      values.append(.make(d.map { Int64($0) }))
      values.append(.text(d.map { UInt8(abs($0) + 65) }, .single))
      values.append(.cell(d.map { .number($0) }))
      values.append(.structure(StructArray(shape, names: ["a"])))
    }
    values.append(.number(.nan))
    values.append(.number(.infinity))
    values.append(.number(1e300))
    values.append(.number(2.5))
    values.append(.string(":"))
    values.append(.range(RangeValue(base: 1, increment: 1, limit: 3, count: 3)))
    values.append(.range(RangeValue(base: 0, increment: 0.5, limit: 1, count: 3)))
    values.append(.diagonal(DiagonalMatrix(rows: 3, columns: 3, entries: .column([1, 0, 3]))))
    values.append(.diagonal(DiagonalMatrix(rows: 2, columns: 3, entries: .column([1, 1]))))
    values.append(
      .diagonal(DiagonalMatrix(rows: 0, columns: 0, entries: .make(NDArray<Double>(zeros: Shape(0, 1))))))
    values.append(.permutation(PermutationMatrix(columns: [1, 2, 0])))
    values.append(.function(FunctionValue(named: "sin")))
    values.append(.object(ObjectValue()))
    return values
  }
}

func index(_ value: Value, _ subscripts: Value...) throws(RuntimeError) -> Value {
  let list = subscripts
  return try withList(list) { arguments throws(RuntimeError) in
    try Indexing.element(value, arguments, name: "A")
  }
}

func assign(_ value: inout Value, _ subscripts: [Value], _ new: Value) throws(RuntimeError) {
  let list = subscripts
  var target = value
  value = .undefined
  defer { value = target }
  try withList(list) { arguments throws(RuntimeError) in
    try Indexing.assign(&target, arguments, new, name: "A")
  }
}

func delete(_ value: inout Value, _ subscripts: [Value]) throws(RuntimeError) {
  let list = subscripts
  var target = value
  defer { value = target }
  try withList(list) { arguments throws(RuntimeError) in
    try Indexing.delete(&target, arguments, name: "A")
  }
}

/// Numbers of a value in column-major order.
func numbers(_ value: Value) -> [Double] { value.realArray.map { Array($0) } ?? [] }

private func withList<Result>(
  _ values: [Value], _ body: (Arguments) throws(RuntimeError) -> Result
) throws(RuntimeError) -> Result {
  let base = UnsafeMutablePointer<Value>.allocate(capacity: max(values.count, 1))
  for (i, value) in values.enumerated() { (base + i).initialize(to: value) }
  defer {
    base.deinitialize(count: values.count)
    base.deallocate()
  }
  return try body(Arguments(base: base, count: values.count))
}
