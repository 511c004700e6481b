package dev.bes.orchestrator.node.file;

import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A few threads, and more only while these are blocked. Idle threads end. */
final class FileThreadPool extends ThreadPoolExecutor {
    static final int SOON_MILLIS = 100;
    private static final int FEW = 4;
    private static final int MOST = 32;
    private static final long IDLE_SECONDS = 5;

    FileThreadPool(FileThreads.Use use) {
        super(
                FEW,
                MOST,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                // what hangs must not keep the process from ending
                Thread.ofPlatform()
                        .name("files-" + use.name().toLowerCase(Locale.ROOT) + "-", 1)
                        .daemon()
                        .factory());
        allowCoreThreadTimeOut(true);
    }

    synchronized void grow() {
        if (getCorePoolSize() < MOST && getActiveCount() >= getCorePoolSize()) {
            setCorePoolSize(getCorePoolSize() + 1);
        }
    }
}
