import Testing
import ThetaArrays

@testable import ThetaRuntime

@Suite struct IndexingTests {
  /// Subscripts of every kind, right and wrong.
  private var subscripts: [Value] {
    [
      .number(1), .number(2), .number(0), .number(1.5), .number(-1), .number(1e18), .number(.nan),
      .string(":"),
      .row([1, 2]), .column([2, 1]), .row([]), .logical(true), .logical(false),
      .make(NDArray(Shape(1, 3), [true, false, true])),
      .make(NDArray(Shape(2, 2), [true, false, false, true])),
      .range(RangeValue(base: 1, increment: 1, limit: 2, count: 2)),
      .range(RangeValue(base: 3, increment: -1, limit: 1, count: 3)), .make(NDArray<Int8>(row: [1, 3])),
      .cell(.empty, []), .emptyMatrix,
    ]
  }

  @Test("reading, writing and deleting with any subscripts returns or throws")
  func nothingTraps() {
    let news: [Value] = [
      .number(7), .row([1, 2]), .emptyMatrix, .logical(true), .string("ab"), .cell(.scalar, [.number(1)]),
      .make(NDArray(scalar: ComplexDouble(1, 1))), .make(NDArray<UInt8>(row: [1])),
      .structure([("a", .number(1))]),
      .make(NDArray<Float>(row: [1, 2])), .make(NDArray<Double>(zeros: Shape([1, 1, 2]))),
    ]
    for value in Samples.all {
      for s in subscripts {
        _ = try? index(value, s)
        for t in subscripts { _ = try? index(value, s, t) }
        _ = try? index(value, s, .string(":"), .number(1))
        var copy = value
        try? delete(&copy, [s])
        copy = value
        try? delete(&copy, [s, .string(":")])
        copy = value
        try? delete(&copy, [.string(":"), .string(":"), s])
        for new in news {
          // 1e18 as a size is refused; smaller sizes are harmless.
          copy = value
          try? assign(&copy, [s], new)
          copy = value
          try? assign(&copy, [s, .number(2)], new)
          copy = value
          try? assign(&copy, [.string(":"), s], new)
          copy = value
          try? assign(&copy, [.number(1), .string(":"), s], new)
        }
      }
    }
  }

  @Test("two subscripts pick the product of rows and columns")
  func rowsAndColumns() throws {
    let a = NDArray(Shape(3, 4), (1...12).map(Double.init))
    for rows in [[1], [3, 1], [2, 2, 2], []] as [[Double]] {
      for columns in [[4], [1, 4, 2], []] as [[Double]] {
        let part = try index(.make(a), .row(rows), .row(columns))
        #expect(part.shape == Shape(rows.count, columns.count))
        let expected = columns.flatMap { j in rows.map { i in a[Int(i) - 1, Int(j) - 1] } }
        #expect(numbers(part) == expected)
      }
    }
  }

  @Test("what is written is read back", arguments: Samples.shapes)
  func readBack(shape: Shape) throws {
    for k in 1...8 {
      var value = Value.make(Samples.doubles(shape))
      let before = numbers(value)
      do { try assign(&value, [.number(Double(k))], .number(99)) } catch { continue }
      #expect(numbers(try index(value, .number(Double(k)))) == [99])
      let after = numbers(value)
      for i in before.indices where i != k - 1 { #expect(after[i] == before[i]) }
      for i in before.count..<max(before.count, k - 1) { #expect(after[i] == 0) }
    }
  }

  @Test("growth in two dimensions keeps elements in place")
  func growth() throws {
    var value = Value.make(NDArray(Shape(2, 2), [1, 2, 3, 4]))
    try assign(&value, [.number(3), .number(4)], .number(9))
    #expect(value.shape == Shape(3, 4))
    #expect(numbers(value) == [1, 2, 0, 3, 4, 0, 0, 0, 0, 0, 0, 9])
  }

  @Test("deleting columns keeps the others")
  func deletion() throws {
    let a = NDArray(Shape(2, 4), (1...8).map(Double.init))
    var value = Value.make(a)
    try delete(&value, [.string(":"), .row([1, 3])])
    #expect(value.shape == Shape(2, 2))
    #expect(numbers(value) == [3, 4, 7, 8])
  }

  @Test("a write into a shared array leaves the other owner alone")
  func copyOnWrite() throws {
    let original = Value.row([1, 2, 3])
    var copy = original
    try assign(&copy, [.number(2)], .number(9))
    #expect(numbers(original) == [1, 2, 3])
    #expect(numbers(copy) == [1, 9, 3])
  }

  /// Where the elements lie, for a look only.
  private func address(_ value: Value) -> UnsafeRawPointer? {
    switch value {
    case .real(let a): UnsafeRawPointer(a.base)
    case .int8(let a): UnsafeRawPointer(a.base)
    case .boolean(let a): UnsafeRawPointer(a.base)
    case .text(let a, _): UnsafeRawPointer(a.base)
    case .cell(let a): UnsafeRawPointer(a.base)
    default: nil
    }
  }

  @Test("a write by the only owner is in place")
  func inPlace() throws {
    var real = Value.row([1, 2, 3])
    var integers = Value.make(NDArray<Int8>(row: [1, 2, 3]))
    var truths = Value.make(NDArray<Bool>(row: [true, true, false]))
    var text = Value.string("abc")
    var cell = Value.cell(Shape(1, 2), [.number(1), .number(2)])
    func check(_ value: inout Value, _ subscripts: [Value], _ new: Value) throws {
      let before = address(value)
      try assign(&value, subscripts, new)
      #expect(address(value) == before)
    }
    try check(&real, [.number(2)], .number(9))
    try check(&real, [.number(1), .number(3)], .number(9))
    try check(&real, [.row([1, 2])], .row([5, 6]))
    try check(&real, [.number(1), .string(":")], .row([7, 8, 9]))
    try check(&integers, [.number(2)], .number(9))
    var deep = Value.make(NDArray<Int8>(Shape([2, 2, 2]), Array(1...8)))
    try check(&deep, [.number(2), .number(1), .number(2)], .number(9))
    try check(&integers, [.row([1, 2])], .row([5, 6]))
    try check(&truths, [.number(2)], .logical(false))
    try check(&text, [.number(2)], .string("x"))
    try check(&cell, [.number(2)], .string("x"))
    let stack = address(real)
    var last = [Value.number(3)]
    try last.withArguments { window throws(RuntimeError) in
      try Indexing.delete(&real, window, name: "")
    }
    #expect(address(real) == stack)
    var fields = Value.structure([("a", .number(1))])
    func identity(of value: Value) -> ObjectIdentifier? {
      if case .structure(let s) = value { ObjectIdentifier(s) } else { nil }
    }
    let before = identity(of: fields)
    try Indexing.assignField(&fields, "b", .number(2))
    #expect(identity(of: fields) == before)
  }

  @Test("appending keeps room for more")
  func appending() throws {
    var value = Value.row([1, 2, 3])
    for k in 4...2000 { try assign(&value, [.number(Double(k))], .number(Double(k))) }
    guard case .real(let grown) = value else { return }
    #expect(grown.capacity > 2000)
    #expect(numbers(value) == (1...2000).map(Double.init))
  }

  @Test("a failed assignment leaves the variable as it was")
  func failure() {
    for value in [
      Value.row([1, 2, 3]), .make(NDArray<Int8>(row: [1, 2, 3])),
      .cell(Shape(1, 2), [.number(1), .number(2)]),
    ] {
      var copy = value
      #expect(throws: RuntimeError.self) {
        try assign(&copy, [.row([1, 2])], .cell(Shape(1, 3), [value, value, value]))
      }
      #expect(Equality.isEqual(copy, value))
      #expect(throws: RuntimeError.self) {
        try assign(
          &copy, [.number(1), .number(1)], value.isCell ? .cell(Shape(1, 2), [value, value]) : .row([1, 2]))
      }
      #expect(Equality.isEqual(copy, value))
    }
  }

  @Test("struct arrays grow with empty fields")
  func structs() throws {
    var value = Value.structure([("a", .number(1)), ("b", .number(2))])
    try assign(&value, [.number(3)], .structure([("b", .number(5)), ("a", .number(4))]))
    guard case .structure(let s) = value else { return }
    #expect(s.shape == Shape(1, 3))
    #expect(s.names == ["a", "b"])
    #expect(s.field("a", at: 2)?.firstReal == 4)
    #expect(s.field("a", at: 1)?.isEmpty == true)
  }
}
