import CLibrary
import ThetaRuntime

/// The functions in `Library/*.nn`, which lie in the program as text.
public enum WrittenLibrary {
  public static let scripts: ScriptLibrary = {
    var count = 0
    guard let files = theta_library_files(&count) else { return ScriptLibrary() }
    return ScriptLibrary(
      UnsafeBufferPointer(start: files, count: count).map { file in
        ScriptLibrary.File(
          name: String(cString: file.name),
          bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
      })
  }()
}
