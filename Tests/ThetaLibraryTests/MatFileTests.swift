import Foundation
import Testing
import ThetaArrays
import ThetaRuntime

@testable import ThetaFiles

/// Files that Octave and others wrote, as they are and damaged.
@Suite("MAT files")
struct MatFileTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  static let fixtures = [
    "types_v7.mat", "types_v6.mat", "types_v4.mat", "sparse.mat", "big_endian.mat", "big_endian_v4.mat",
  ]

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: root.appending(path: "Golden/files/data/\(name)")))
  }

  static func read(_ bytes: [UInt8]) throws -> [String: Value] {
    guard let version = MatVersion(of: bytes) else { throw MatFileProblem("no MAT file") }
    let variables = try MatReader.read(bytes, version: version, isWanted: Loading.isName).variables
    return Dictionary(variables, uniquingKeysWith: { $1 })
  }

  @Test("values of every class are read", arguments: ["types_v7.mat", "types_v6.mat"])
  func readsEveryClass(_ name: String) throws {
    let all = try Self.read(Self.bytes(name))
    #expect(all["x"]?.firstReal == Double.pi)
    #expect(all["m"]?.realArray == NDArray(Shape(2, 2), [1, 3, 2, 4.5]))
    #expect(all["z"]?.complexArray?[1] == ComplexDouble(3, -1))
    #expect(all["s"]?.stringValue == "hello")
    #expect(all["lines"]?.textRows == [Array("ab ".utf8), Array("cde".utf8)])
    #expect(all["t"]?.className == "logical")
    #expect(all["mask"]?.realArray == NDArray(Shape(2, 2), [1, 0, 0, 1]))
    #expect(all["sing"]?.className == "single")
    #expect(all["i8"]?.realArray == NDArray(row: [-1, 127]))
    guard case .int64(let i64)? = all["i64"], case .uint64(let u64)? = all["u64"] else {
      Issue.record("64-bit integers have another class")
      return
    }
    #expect(i64[0] == Int64.max && u64[0] == UInt64.max)
    #expect(all["nd"]?.shape == Shape([2, 2, 2]))
    #expect(all["e03"]?.shape == Shape(0, 3))
    guard case .cell(let cells)? = all["c"], case .structure(let array)? = all["sa"] else {
      Issue.record("cells and structs have another class")
      return
    }
    #expect(cells.shape == Shape(2, 2) && cells[2].stringValue == "two")
    #expect(array.count == 3 && array.field("n", at: 1)?.stringValue == "x")
  }

  @Test("sparse matrices become full ones")
  func readsSparse() throws {
    let all = try Self.read(Self.bytes("sparse.mat"))
    #expect(all["sp"]?.realArray == NDArray(Shape(2, 3), [1, 0, 0, 0, 2, 3]))
  }

  @Test("a file of version 7.3, as MATLAB's -v7.3 makes it, is read")
  func readsHDF5() throws {
    let all = try Self.read(Self.bytes("types_v73.mat"))
    #expect(all["x"]?.firstReal == 3.25)
    #expect(all["m"]?.realArray == NDArray(Shape(2, 3), [1, 2, 3, 4, 5, 6.5]))
    #expect(all["z"]?.complexArray?[1] == ComplexDouble(2, -4))
    #expect(all["s"]?.stringValue == "hell\u{e9}")
    #expect(all["t"]?.className == "logical")
    #expect(all["f"]?.className == "single")
    #expect(all["i8"]?.realArray == NDArray(row: [-1, 0, 127]))
    #expect(all["nd"]?.shape == Shape([2, 2, 2]))
    #expect(all["e"]?.shape == Shape(0, 3))
    guard case .int64(let big)? = all["big"], case .cell(let cells)? = all["c"],
      case .structure(let fields)? = all["st"]
    else {
      Issue.record("an integer, a cell or a struct has another class")
      return
    }
    #expect(big[0] == 9_007_199_254_740_993)
    #expect(cells[1].stringValue == "ab")
    #expect(fields.field("q")?.stringValue == "ab")
  }

  @Test("the other byte order is read")
  func readsBigEndian() throws {
    #expect(try Self.read(Self.bytes("big_endian.mat"))["be"]?.shape == Shape(2, 3))
    #expect(try Self.read(Self.bytes("big_endian_v4.mat"))["v"]?.realArray == NDArray(row: [7, 8, 9]))
  }

  @Test("a file that was cut off is read as far as it goes or refused", arguments: fixtures)
  func survivesTruncation(_ name: String) throws {
    let whole = try Self.bytes(name)
    for length in stride(from: 0, to: whole.count, by: max(1, whole.count / 400)) {
      _ = try? Self.read(Array(whole[..<length]))
    }
  }

  @Test("a file with changed bytes is read or refused", arguments: fixtures)
  func survivesDamage(_ name: String) throws {
    let whole = try Self.bytes(name)
    var random = SystemSeed(state: UInt64(whole.count))
    for _ in 0..<600 {
      var damaged = whole
      for _ in 0...Int(random.next() % 3) {
        damaged[Int(random.next() % UInt64(whole.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      _ = try? Self.read(damaged)
    }
  }

  @Test("what is written is read again", arguments: [MatWriter.Format.version5, .compressed])
  func roundTrip(_ format: MatWriter.Format) throws {
    let variables: [(String, Value)] = [
      ("a", .number(3)), ("b", .row([1, 2, 3])), ("s", .string("text")), ("t", .logical(true)),
      ("c", .cell(Shape(1, 2), [.number(1), .string("x")])),
      ("r", .structure([("p", .number(1)), ("q", .cell(Shape(0, 0), []))])),
      ("z", .make(NDArray(row: [ComplexDouble(1, 2), ComplexDouble(3, 0)]))),
      ("i", .make(NDArray<Int16>(row: [1, -2]))),
    ]
    let bytes = try MatWriter.bytes(of: variables, format, header: "MATLAB 5.0 MAT-file")
    let all = try Self.read(bytes)
    #expect(all.count == variables.count)
    #expect(all["b"]?.realArray == NDArray(row: [1, 2, 3]))
    #expect(all["s"]?.stringValue == "text")
    #expect(all["t"]?.className == "logical")
    #expect(all["z"]?.complexArray?[0] == ComplexDouble(1, 2))
    #expect(all["i"]?.className == "int16")
  }
}

/// SplitMix64: the same numbers in every run.
struct SystemSeed: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
