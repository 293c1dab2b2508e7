import ThetaLearn
import ThetaLibrary
import ThetaRuntime

/// Every builtin function of the language, assembled once for all sessions.
enum StandardLibrary {
  static let builtins = BuiltinTable(
    GeneralLibrary.tables + FileLibrary.tables + NumericLibrary.tables + LearnLibrary.tables)
}
