/// How numbers are printed: what `format` sets.
public struct DisplayFormat: Equatable, Sendable {
  public enum Style: String, Sendable {
    case short
    case long
    case shortE = "short e"
    case longE = "long e"
    case shortG = "short g"
    case longG = "long g"
    case shortEng = "short eng"
    case longEng = "long eng"
    case bank
    case plus = "+"
    case hex
    case bit
    case rat
  }

  public var style: Style = .short
  public var isCompact = false
  /// Significant digits (`output_precision`); singles never show more than they have.
  public var precision = 5
  /// Columns of the terminal at which matrices are split.
  public var width = 80
  /// `split_long_rows`
  public var splitsLongRows = true
  /// `print_empty_dimensions`: `[](0x3)` instead of `[]`.
  public var showsEmptySizes = true
  /// `struct_levels_to_print`: how many structs inside one another are shown in full.
  public var structLevels = 2
  /// `fixed_point_format`: a common scale factor.
  public var usesScaleFactor = false

  public init() {}
}

extension DisplayFormat {
  /// `format <style>`: `short` and `long` with their variants also set the number of significant digits.
  public mutating func select(_ style: Style) {
    self.style = style
    switch style {
    case .long, .longE, .longG, .longEng: precision = 16
    case .short, .shortE, .shortG, .shortEng: precision = 5
    case .bank, .plus, .hex, .bit, .rat: break
    }
  }
}
