// A pool of threads for loops over large arrays. It is made when first used, so short programs never pay for
// it. Work is split into ranges of elements whose results do not depend on each other, so a result never
// depends on the number of threads.

import COpenBLAS

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

public enum Workers {
  /// Threads that share the work: THETA_NUM_THREADS when it is a positive number, else one per processor.
  public static let count: Int = {
    if let text = getenv("THETA_NUM_THREADS"), let wanted = Int(String(cString: text)), wanted > 0 {
      return min(wanted, 256)
    }
    return max(1, min(256, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }()

  /// Gives the linear algebra library as many threads when THETA_NUM_THREADS asks for a number.
  public static func limitLinearAlgebra() {
    if getenv("THETA_NUM_THREADS") != nil { openblas_set_num_threads(Int32(clamping: count)) }
  }

  /// Calls the body with ranges that cover `0..<total`, side by side when there are at least two grains of
  /// work. Returns when all are done. The body must not touch shared state other than its own range.
  ///
  /// A call from inside a body, or while another thread uses the pool, runs on the calling thread.
  @inlinable
  public static func parallel(_ total: Int, grain: Int, _ body: (Range<Int>) -> Void) {
    if total < 2 * grain || count == 1 {
      if total > 0 { body(0..<total) }
      return
    }
    share(total, grain: grain, body)
  }

  @usableFromInline @inline(never)
  static func share(_ total: Int, grain: Int, _ body: (Range<Int>) -> Void) {
    // More pieces than threads, so that a thread that was kept busy elsewhere does not hold up the others.
    let pieces = min(count * 4, total / max(1, grain))
    let size = (total + pieces - 1) / pieces
    withoutActuallyEscaping(body) { body in
      let finished = WorkerPool.shared.run(pieces) { piece in
        let start = min(total, piece * size)
        let end = min(total, start + size)
        if start < end { body(start..<end) }
      }
      if !finished { body(0..<total) }
    }
  }
}

/// The threads and the one job they share. Every field below the mutex is read and written only while it is
/// held, which is why the class may be called Sendable.
private final class WorkerPool: @unchecked Sendable {
  static let shared = WorkerPool(threads: Workers.count - 1)

  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let wake: UnsafeMutablePointer<pthread_cond_t>
  private let done: UnsafeMutablePointer<pthread_cond_t>
  private var job: ((Int) -> Void)?
  private var pieces = 0
  private var next = 0
  private var running = 0

  init(threads: Int) {
    mutex = .allocate(capacity: 1)
    wake = .allocate(capacity: 1)
    done = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wake, nil)
    pthread_cond_init(done, nil)
    for _ in 0..<max(0, threads) { start() }
  }

  /// Runs the pieces on the pool and the calling thread. False, with nothing done, when the pool is busy.
  func run(_ pieces: Int, _ job: @escaping (Int) -> Void) -> Bool {
    pthread_mutex_lock(mutex)
    guard self.job == nil else {
      pthread_mutex_unlock(mutex)
      return false
    }
    self.job = job
    self.pieces = pieces
    next = 0
    running = 0
    pthread_cond_broadcast(wake)
    takePieces()
    while running > 0 { pthread_cond_wait(done, mutex) }
    self.job = nil
    pthread_mutex_unlock(mutex)
    return true
  }

  /// Runs pieces until none is left. The mutex is held on entry and on return, not while a piece runs.
  private func takePieces() {
    while let job, next < pieces {
      let piece = next
      next += 1
      running += 1
      pthread_mutex_unlock(mutex)
      job(piece)
      pthread_mutex_lock(mutex)
      running -= 1
    }
  }

  private func work() -> Never {
    pthread_mutex_lock(mutex)
    while true {
      if job != nil, next < pieces {
        takePieces()
        if running == 0 { pthread_cond_signal(done) }
      } else {
        pthread_cond_wait(wake, mutex)
      }
    }
  }

  /// A detached thread; when the system refuses one, the others do its share.
  private func start() {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let context = Unmanaged.passRetained(self).toOpaque()
    let status = pthread_create(
      &thread, &attributes,
      { context in
        #if canImport(Glibc)
          guard let context else { return nil }
        #endif
        Unmanaged<WorkerPool>.fromOpaque(context).takeUnretainedValue().work()
      }, context)
    if status != 0 { Unmanaged<WorkerPool>.fromOpaque(context).release() }
    pthread_attr_destroy(&attributes)
  }
}
