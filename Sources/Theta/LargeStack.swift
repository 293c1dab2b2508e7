#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs a closure on a thread with a stack that deep recursion in a script cannot exhaust before the
/// language's own limit is reached, and waits for it. Memory is taken only as it is touched.
enum LargeStack {
  private static let size = 1 << 30

  private final class Job {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  static func run<Result>(_ body: () -> Result) -> Result {
    withoutActuallyEscaping(body) { body in
      var result: Result?
      let job = Unmanaged.passRetained(Job { result = body() })
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      defer { pthread_attr_destroy(&attributes) }
      pthread_attr_setstacksize(&attributes, size)
      #if canImport(Glibc)
        var thread = pthread_t()
        let status = pthread_create(
          &thread, &attributes,
          { argument in
            if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().body() }
            return nil
          }, job.toOpaque())
        if status == 0 { pthread_join(thread, nil) }
      #else
        var thread: pthread_t?
        let status = pthread_create(
          &thread, &attributes,
          { argument in
            Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().body()
            return nil
          }, job.toOpaque())
        if status == 0, let thread { pthread_join(thread, nil) }
      #endif
      if let result { return result }
      // No thread to be had: the caller's own stack has to do.
      job.release()
      return body()
    }
  }
}
