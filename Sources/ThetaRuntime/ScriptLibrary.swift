/// The part of the library that is written in the language: its files by name, and which function stands in which.
/// A file holds functions of one topic; those whose name starts with `__` are its own. A file is parsed when one of its
/// functions is first called.
public struct ScriptLibrary: Sendable {
  public struct File: Sendable {
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  public let files: [File]
  /// Positions in `files` by the names of the functions.
  private let homes: [String: Int]

  public init(_ files: [File] = []) {
    self.files = files
    var homes: [String: Int] = [:]
    for (index, file) in files.enumerated() {
      for name in ScriptLibrary.functions(in: file.bytes) where !name.hasPrefix("__") { homes[name] = index }
    }
    self.homes = homes
  }

  public var names: [String] { Array(homes.keys) }

  /// What a file's first line says it holds.
  public func title(of file: File) -> String {
    let line = file.bytes.prefix { $0 != UInt8(ascii: "\n") }.drop { $0 == UInt8(ascii: "%") || $0 == 32 }
    return String(decoding: line, as: UTF8.self)
  }

  /// The functions of a file that are for everyone.
  public func names(in file: File) -> [String] {
    ScriptLibrary.functions(in: file.bytes).filter { !$0.hasPrefix("__") }
  }

  /// The file that defines a function, by its position in `files`.
  public func home(of function: String) -> Int? { homes[function] }

  /// The names of the functions that a text defines: lines that start with `function`.
  private static func functions(in bytes: [UInt8]) -> [String] {
    let word = Array("function ".utf8)
    var names: [String] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if end - start > word.count, bytes[start] == word[0],
        bytes[start..<start + word.count].elementsEqual(word)
      {
        var header = bytes[(start + word.count)..<end]
        if let equals = header.firstIndex(of: UInt8(ascii: "=")),
          equals < header.firstIndex(of: UInt8(ascii: "(")) ?? header.endIndex
        {
          header = header[(equals + 1)...]
        }
        let name = header.drop { $0 == UInt8(ascii: " ") }.prefix {
          $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r")
        }
        names.append(String(decoding: name, as: UTF8.self))
      }
      start = end + 1
    }
    return names
  }
}
