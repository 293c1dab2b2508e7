/// What a profile found: seconds and calls by function, seconds by line, the costliest first.
public struct ProfileReport {
  public struct Function {
    public var name: String
    public var calls: Int
    /// Spent in the function itself and the builtins that it calls.
    public var own: Double
    /// With the functions that it calls.
    public var total: Double

    public init(name: String, calls: Int, own: Double, total: Double) {
      self.name = name
      self.calls = calls
      self.own = own
      self.total = total
    }
  }

  public struct Line {
    public struct Key: Hashable {
      public var file: String
      public var line: Int

      public init(file: String, line: Int) {
        self.file = file
        self.line = line
      }
    }

    public var file: String
    public var line: Int
    public var text: String
    public var seconds: Double

    public init(file: String, line: Int, text: String, seconds: Double) {
      self.file = file
      self.line = line
      self.text = text
      self.seconds = seconds
    }
  }

  public var seconds: Double
  public var functions: [Function]
  public var lines: [Line]

  public init(seconds: Double, functions: [Function], lines: [Line]) {
    self.seconds = seconds
    self.functions = functions
    self.lines = lines
  }

  /// As `profile report` prints it.
  public var text: String {
    func seconds(_ value: Double) -> String {
      var bytes: [UInt8] = []
      CFormat.append(value, conversion: "f", width: 9, precision: 3, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    func whole(_ value: Int, _ width: Int) -> String {
      let text = String(value)
      return String(repeating: " ", count: max(0, width - text.count)) + text
    }
    func share(_ value: Double) -> String {
      var bytes: [UInt8] = []
      CFormat.append(
        self.seconds > 0 ? value / self.seconds * 100 : 0, conversion: "f", width: 6, precision: 1,
        to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    var out = "Profile of\(seconds(self.seconds)) s\n\n    calls     own s   total s  function\n"
    for function in functions.prefix(30) where function.own > 0 || function.calls > 0 {
      out +=
        "\(whole(function.calls, 9)) \(seconds(function.own)) \(seconds(function.total))  \(function.name)\n"
    }
    out += "\n        s      %  line\n"
    for line in lines.prefix(30) {
      let file = line.file.split(separator: "/").last.map(String.init) ?? line.file
      out += "\(seconds(line.seconds)) \(share(line.seconds))  \(file):\(line.line)  \(line.text)\n"
    }
    return out
  }
}
