import ThetaArrays
import ThetaRuntime
import ThetaText

/// Variables in Octave's text format: for each its name and type in comments, then its value.
///
///     # name: x
///     # type: scalar
///     3
///
/// Sizes that the file names are checked against the bytes that are left, so a wrong one cannot ask for much
/// memory.
struct OctaveTextReader {
  struct Problem: Error {
    let reason: String
  }

  private let bytes: [UInt8]
  private var position = 0
  private let context: Context

  /// Whether bytes look like this format: a comment `name:` before anything that is no comment.
  static func recognizes(_ bytes: [UInt8]) -> Bool {
    var lines = 0
    for line in bytes.prefix(65536).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
      guard let first = line.first, first == UInt8(ascii: "#") || first == UInt8(ascii: "%") else {
        return false
      }
      if keyword(in: line)?.key == "name" { return true }
      lines += 1
      if lines > 200 { return false }
    }
    return false
  }

  init(_ bytes: [UInt8], context: Context) {
    self.bytes = bytes
    self.context = context
  }

  /// The next variable, or nil at the end of the file.
  mutating func next() throws(RuntimeError) -> (name: String, value: Value)? {
    while position < bytes.count {
      if let (key, name) = Self.keyword(in: line()), key == "name" {
        do throws(Problem) { return (name, try readTyped(depth: 0)) } catch {
          throw RuntimeError("load: reading variable '\(name)': \(error.reason)")
        }
      }
    }
    return nil
  }

  // MARK: - Lines and words

  /// The next line without its end.
  private mutating func line() -> ArraySlice<UInt8> {
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    var end = position
    if position < bytes.count { position += 1 }
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return bytes[start..<end]
  }

  /// `# key: value`
  private static func keyword(in line: ArraySlice<UInt8>) -> (key: String, value: String)? {
    guard let first = line.first, first == UInt8(ascii: "#") || first == UInt8(ascii: "%") else { return nil }
    let rest = line.drop { $0 == first || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard let colon = rest.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let value = rest[(colon + 1)...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return (String(decoding: rest[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
  }

  /// The keyword on the next line, if it has one; else the position stays.
  private mutating func keyword() -> (key: String, value: String)? {
    let start = position
    if let found = Self.keyword(in: line()) { return found }
    position = start
    return nil
  }

  /// The value of a keyword that must come next, after blank lines.
  private mutating func value(of key: String) throws(Problem) -> String {
    while position < bytes.count,
      bytes[position] == UInt8(ascii: "\n") || bytes[position] == UInt8(ascii: "\r")
    {
      position += 1
    }
    guard let found = keyword(), found.key == key else { throw Problem(reason: "\(key) is missing") }
    return found.value
  }

  private mutating func count(of key: String) throws(Problem) -> Int {
    let text = try value(of: key)
    guard let n = Int(text.filter { $0 != " " }), n >= 0 else {
      throw Problem(reason: "wrong \(key) '\(text)'")
    }
    return n
  }

  private mutating func skipBlanks() {
    while position < bytes.count, bytes[position] <= UInt8(ascii: " ") { position += 1 }
  }

  private mutating func number() throws(Problem) -> Double {
    skipBlanks()
    let found = bytes.withUnsafeBufferPointer { buffer in
      NumberScanner.number(buffer, from: position, to: buffer.count)
    }
    guard let found else { throw Problem(reason: "a number is missing") }
    position = found.end
    return found.value
  }

  private mutating func integer() throws(Problem) -> Int {
    guard let n = Int(exactly: try number()) else { throw Problem(reason: "a whole number is missing") }
    return n
  }

  private mutating func expect(_ byte: UInt8) throws(Problem) {
    skipBlanks()
    guard position < bytes.count, bytes[position] == byte else {
      throw Problem(reason: "a number is missing")
    }
    position += 1
  }

  /// `(1,2)`
  private mutating func complex() throws(Problem) -> ComplexDouble {
    try expect(UInt8(ascii: "("))
    let real = try number()
    try expect(UInt8(ascii: ","))
    let imaginary = try number()
    try expect(UInt8(ascii: ")"))
    return ComplexDouble(real, imaginary)
  }

  // MARK: - Shapes

  /// `# rows:` and `# columns:`, or `# ndims:` and a line of sizes. Two-dimensional matrices lie by rows in
  /// the file, others by columns.
  private mutating func shape() throws(Problem) -> (shape: Shape, isByRows: Bool) {
    let start = position
    var shape = Shape.empty
    var isByRows = true
    if let found = keyword(), found.key == "ndims" {
      isByRows = false
      guard let n = Int(found.value), n >= 1, n <= 64 else { throw Problem(reason: "wrong ndims") }
      var sizes: [Int] = []
      for _ in 0..<n { sizes.append(try integer()) }
      _ = line()
      shape = Shape(sizes)
    } else {
      position = start
      let rows = try count(of: "rows")
      shape = Shape(rows, try count(of: "columns"))
    }
    do { _ = try shape.checkedCount(elementSize: 1) } catch {
      throw Problem(reason: "wrong sizes \(shape)")
    }
    return (shape, isByRows)
  }

  /// An array whose elements the file lists.
  private mutating func array<Element: ArrayElement>(
    _ read: (inout OctaveTextReader) throws(Problem) -> Element
  ) throws(Problem) -> NDArray<Element> {
    let (shape, isByRows) = try shape()
    guard shape.count <= bytes.count - position else { throw Problem(reason: "the file ends too early") }
    let result = NDArray<Element>(zeros: shape)
    if shape.count == 0 { return result }
    if isByRows {
      for i in 0..<shape.rows { for j in 0..<shape.columns { result[i, j] = try read(&self) } }
    } else {
      for k in 0..<shape.count { result[k] = try read(&self) }
    }
    return result
  }

  // MARK: - Values

  private mutating func readTyped(depth: Int) throws(Problem) -> Value {
    guard depth < 5000 else { throw Problem(reason: "nested too deeply") }
    var type = try value(of: "type")
    if type.hasPrefix("global ") { type.removeFirst(7) }
    switch type {
    case "scalar": return .number(try number())
    case "matrix", "null_matrix": return .make(try realArray())
    case "complex scalar": return .make(NDArray(scalar: try complex()))
    case "complex matrix": return .make(try complexArray())
    case "float scalar": return .single(NDArray(scalar: Float(try number())))
    case "float matrix": return .make(try realArray().map { Float($0) })
    case "float complex scalar":
      let z = try complex()
      return .make(NDArray(scalar: ComplexSingle(Float(z.real), Float(z.imaginary))))
    case "float complex matrix":
      return .make(try complexArray().map { ComplexSingle(Float($0.real), Float($0.imaginary)) })
    case "bool": return .logical(try number() != 0)
    case "bool matrix": return .make(try realArray().map { $0 != 0 })
    case "string", "null_string": return try text(.double)
    case "sq_string", "null_sq_string": return try text(.single)
    case "range", "double_range": return try range()
    case "diagonal matrix": return try diagonal()
    case "permutation matrix": return try permutation()
    case "cell": return try cell(depth)
    case "scalar struct": return try scalarStruct(depth)
    case "struct": return try structArray(depth)
    case "function handle": return try functionHandle(depth)
    case "int8 scalar", "int8 matrix": return try integers(type, Int8.self)
    case "int16 scalar", "int16 matrix": return try integers(type, Int16.self)
    case "int32 scalar", "int32 matrix": return try integers(type, Int32.self)
    case "int64 scalar", "int64 matrix": return try integers(type, Int64.self)
    case "uint8 scalar", "uint8 matrix": return try integers(type, UInt8.self)
    case "uint16 scalar", "uint16 matrix": return try integers(type, UInt16.self)
    case "uint32 scalar", "uint32 matrix": return try integers(type, UInt32.self)
    case "uint64 scalar", "uint64 matrix": return try integers(type, UInt64.self)
    case "sparse matrix": return .make(try sparse { (reader) throws(Problem) in try reader.number() })
    case "sparse complex matrix":
      return .make(try sparse { (reader) throws(Problem) in try reader.complex() })
    case "sparse bool matrix":
      return .make(try sparse { (reader) throws(Problem) in try reader.number() != 0 })
    default: throw Problem(reason: "values of type '\(type)' cannot be loaded")
    }
  }

  private mutating func realArray() throws(Problem) -> NDArray<Double> {
    try array { (reader) throws(Problem) in try reader.number() }
  }

  private mutating func complexArray() throws(Problem) -> NDArray<ComplexDouble> {
    try array { (reader) throws(Problem) in try reader.complex() }
  }

  private mutating func integers<Element: ValueElement & FixedWidthInteger>(
    _ type: String, _: Element.Type
  ) throws(Problem) -> Value {
    func word(_ reader: inout OctaveTextReader) throws(Problem) -> Element {
      reader.skipBlanks()
      let start = reader.position
      while reader.position < reader.bytes.count, reader.bytes[reader.position] > UInt8(ascii: " ") {
        reader.position += 1
      }
      let text = String(decoding: reader.bytes[start..<reader.position], as: UTF8.self)
      guard let value = Element(text) else { throw Problem(reason: "a whole number is missing") }
      return value
    }
    if type.hasSuffix("scalar") { return .make(NDArray(scalar: try word(&self))) }
    return .make(try array(word))
  }

  private mutating func text(_ quotes: QuoteStyle) throws(Problem) -> Value {
    let start = position
    if let found = keyword(), found.key == "ndims" {
      position = start
      let (shape, _) = try shape()
      guard shape.count <= bytes.count - position else { throw Problem(reason: "the file ends too early") }
      let content = Array(bytes[position..<position + shape.count])
      position += shape.count
      return .text(NDArray(shape, content), quotes)
    }
    position = start
    let rows = try count(of: "elements")
    guard rows <= bytes.count - position else { throw Problem(reason: "the file ends too early") }
    var lines: [[UInt8]] = []
    for _ in 0..<rows {
      let length = try count(of: "length")
      guard length <= bytes.count - position else { throw Problem(reason: "the file ends too early") }
      lines.append(Array(bytes[position..<position + length]))
      position += length
      _ = line()
    }
    guard let first = lines.first else { return .bytes([], quotes) }
    guard lines.allSatisfy({ $0.count == first.count }) else {
      throw Problem(reason: "the rows of a string differ in length")
    }
    let array = NDArray<UInt8>(zeros: Shape(rows, first.count))
    for (i, row) in lines.enumerated() { for (j, byte) in row.enumerated() { array[i, j] = byte } }
    return .text(array, quotes)
  }

  private mutating func range() throws(Problem) -> Value {
    _ = line()
    let base = try number()
    let limit = try number()
    let increment = try number()
    do throws(RuntimeError) {
      return try Operators.range(.number(base), .number(increment), .number(limit))
    } catch { throw Problem(reason: error.message) }
  }

  private mutating func diagonal() throws(Problem) -> Value {
    let rows = try count(of: "rows")
    let columns = try count(of: "columns")
    let count = min(rows, columns)
    guard count <= bytes.count - position else { throw Problem(reason: "the file ends too early") }
    try checkMemory(Shape(rows, columns), 8)
    var entries: [Double] = []
    for _ in 0..<count { entries.append(try number()) }
    return .diagonal(DiagonalMatrix(rows: rows, columns: columns, entries: .column(entries)))
  }

  private mutating func permutation() throws(Problem) -> Value {
    let size = try count(of: "size")
    let orientation = try value(of: "orient")
    guard size <= bytes.count - position else { throw Problem(reason: "the file ends too early") }
    var order: [Int] = []
    for _ in 0..<size { order.append(try integer() - 1) }
    guard order.sorted() == Array(0..<size) else { throw Problem(reason: "no permutation") }
    if orientation == "c" {
      var inverse = order
      for (i, column) in order.enumerated() { inverse[column] = i }
      order = inverse
    }
    return .permutation(PermutationMatrix(columns: order))
  }

  /// As a full matrix: the language has no sparse ones.
  private mutating func sparse<Element: ArrayElement>(
    _ read: (inout OctaveTextReader) throws(Problem) -> Element
  ) throws(Problem) -> NDArray<Element> {
    let entries = try count(of: "nnz")
    let shape = Shape(try count(of: "rows"), try count(of: "columns"))
    try checkMemory(shape, MemoryLayout<Element>.stride)
    let result = NDArray<Element>(zeros: shape)
    for _ in 0..<entries {
      let (row, column, value) = (try integer(), try integer(), try read(&self))
      guard row >= 1, row <= shape.rows, column >= 1, column <= shape.columns else {
        throw Problem(reason: "an element lies outside")
      }
      result[row - 1, column - 1] = value
    }
    return result
  }

  /// For matrices that the file describes in fewer bytes than they take.
  private func checkMemory(_ shape: Shape, _ size: Int) throws(Problem) {
    do throws(ArrayError) { _ = try shape.checkedCount(elementSize: size) } catch {
      throw Problem(reason: "wrong sizes \(shape)")
    }
    guard Allocation.canHold(size * shape.count) else {
      throw Problem(reason: "a matrix is too large as a full one")
    }
  }

  // MARK: - Containers

  /// `# name:` of a part, and its value.
  private mutating func part(_ depth: Int) throws(Problem) -> (String, Value) {
    let name = try value(of: "name")
    return (name, try readTyped(depth: depth + 1))
  }

  private mutating func cell(_ depth: Int) throws(Problem) -> Value {
    let (shape, _) = try shape()
    // An element takes some 30 bytes.
    guard shape.count <= (bytes.count - position) / 16 else {
      throw Problem(reason: "the file ends too early")
    }
    var values: [Value] = []
    for _ in 0..<shape.count { values.append(try part(depth).1) }
    return .cell(shape, values)
  }

  private mutating func scalarStruct(_ depth: Int) throws(Problem) -> Value {
    let start = position
    if let found = keyword(), found.key == "ndims" {
      position = start
      _ = try shape()
    } else {
      position = start
    }
    let result = StructArray()
    for _ in 0..<(try count(of: "length")) {
      let (name, value) = try part(depth)
      result.setField(name, value)
    }
    return .structure(result)
  }

  private mutating func structArray(_ depth: Int) throws(Problem) -> Value {
    let start = position
    var shape = Shape.scalar
    if let found = keyword(), found.key == "ndims" {
      position = start
      shape = try self.shape().shape
    } else {
      position = start
    }
    var fields: [(String, [Value])] = []
    for _ in 0..<(try count(of: "length")) {
      let (name, value) = try part(depth)
      guard case .cell(let cells) = value, cells.count == shape.count else {
        throw Problem(reason: "field '\(name)' has a wrong number of elements")
      }
      guard !fields.contains(where: { $0.0 == name }) else {
        throw Problem(reason: "field '\(name)' comes twice")
      }
      fields.append((name, Array(cells)))
    }
    guard !fields.isEmpty || shape.count <= 1 << 20 else { throw Problem(reason: "wrong sizes \(shape)") }
    var values: [Value] = []
    for element in 0..<shape.count { for field in fields { values.append(field.1[element]) } }
    return .structure(StructArray(shape, names: fields.map(\.0), values: values))
  }

  private mutating func functionHandle(_ depth: Int) throws(Problem) -> Value {
    while let found = keyword(), found.key == "octaveroot" || found.key == "subtype" || found.key == "file" {}
    let name = String(decoding: line(), as: UTF8.self)
    if name != "@<anonymous>" { return .function(FunctionValue(named: name.filter { $0 != "@" })) }
    let code = String(decoding: line(), as: UTF8.self)
    let start = position
    var captured: [(name: String, value: Value)] = []
    if let found = keyword(), found.key == "length" {
      guard let count = Int(found.value), count >= 0 else { throw Problem(reason: "wrong length") }
      for _ in 0..<count {
        let (name, value) = try part(depth)
        guard Loading.isName(name) else { throw Problem(reason: "invalid variable name '\(name)'") }
        captured.append((name, value))
      }
    } else {
      position = start
    }
    do throws(RuntimeError) {
      if captured.isEmpty { return .function(try context.invoker.makeFunction(code)) }
      // A function of the captured variables makes it, and so captures them anew.
      let names = captured.map(\.name).joined(separator: ", ")
      let maker = try context.invoker.makeFunction("@(\(names)) \(code)")
      let made = try context.invoker.invoke(maker, captured.map(\.value), outputs: 1)
      return made.first ?? .emptyMatrix
    } catch {
      throw Problem(reason: error.message)
    }
  }
}
