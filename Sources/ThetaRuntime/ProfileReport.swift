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
}
