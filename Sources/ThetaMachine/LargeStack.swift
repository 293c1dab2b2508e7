#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs code on a thread with a large stack. Calls of user functions do not nest on the native stack, but calls
/// through builtins (`cellfun`, `fmincg`) and nested syntax do, and the stacks of secondary threads are small.
enum LargeStack {
  /// Virtual; only what is touched takes memory.
  private static let size = 256 << 20

  private final class Job {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  static func run(_ body: () -> Void) {
    // A closure that is finished before this function returns does not escape.
    withoutActuallyEscaping(body) { body in
      var attributes = pthread_attr_t()
      guard pthread_attr_init(&attributes) == 0 else { return body() }
      defer { pthread_attr_destroy(&attributes) }
      pthread_attr_setstacksize(&attributes, size)
      let job = Unmanaged.passRetained(Job(body))
      #if canImport(Glibc)
        var thread = pthread_t()
        let status = pthread_create(
          &thread, &attributes,
          { pointer in
            Unmanaged<Job>.fromOpaque(pointer!).takeRetainedValue().body()
            return nil
          }, job.toOpaque())
        guard status == 0 else { return job.takeRetainedValue().body() }
        pthread_join(thread, nil)
      #else
        var thread: pthread_t?
        let status = pthread_create(
          &thread, &attributes,
          { pointer in
            Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue().body()
            return nil
          }, job.toOpaque())
        guard status == 0, let thread else { return job.takeRetainedValue().body() }
        pthread_join(thread, nil)
      #endif
    }
  }
}
