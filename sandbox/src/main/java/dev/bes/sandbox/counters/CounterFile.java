package dev.bes.sandbox.counters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Named maps in a file. Changes are saved every second and at the end, all or none, so a crash loses a second at most.
 * See docs/decisions/0054-counted-calls.md.
 */
public final class CounterFile implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CounterFile.class);
    private static final long SECONDS_BETWEEN_SAVES = 1;
    private static final int WANTED_FILL_PERCENT = 70;
    private static final int MOST_BYTES_MOVED = 1 << 20;

    private final Path file;
    private final MVStore store;
    private final List<Runnable> beforeSave = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("counter-file").daemon().factory());

    private final Future<?> saving;

    private CounterFile(Path file, MVStore store) {
        this.file = file;
        this.store = store;
        this.saving = timer.scheduleWithFixedDelay(
                this::saveOrStop, SECONDS_BETWEEN_SAVES, SECONDS_BETWEEN_SAVES, TimeUnit.SECONDS);
    }

    /**
     * Opens a file, or creates it.
     *
     * @throws IllegalStateException when the file is damaged or another sandbox has it open; the message says what to do
     */
    public static CounterFile open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return new CounterFile(
                    file,
                    new MVStore.Builder()
                            .fileName(file.toString())
                            .autoCommitDisabled()
                            .compress()
                            .cacheSize(1)
                            .open());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
        } catch (MVStoreException e) {
            throw refusal(file, e);
        }
    }

    /** The map of that name, with what was saved. It may be read and changed from any thread. */
    public Map<String, byte[]> map(String name) {
        try {
            return store.openMap(
                    name,
                    new MVMap.Builder<String, byte[]>()
                            .keyType(StringDataType.INSTANCE)
                            .valueType(ByteArrayDataType.INSTANCE));
        } catch (MVStoreException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
    }

    /** Runs something before each save: it puts what has changed into its maps. */
    public void beforeSave(Runnable write) {
        beforeSave.add(write);
    }

    /** Saves what has changed. */
    public synchronized void save() {
        if (store.isClosed()) {
            return;
        }
        beforeSave.forEach(Runnable::run);
        store.commit();
        store.compact(WANTED_FILL_PERCENT, MOST_BYTES_MOVED);
    }

    /** An entry of a map that makes no sense. */
    public IllegalStateException damaged(String what) {
        return damaged(file, what);
    }

    /** Saves and closes. */
    @Override
    public void close() {
        saving.cancel(false);
        timer.shutdown();
        try {
            save();
            store.close();
        } catch (RuntimeException e) {
            log.error("The last counts are not in {}", file, e);
            store.closeImmediately();
        }
    }

    private void saveOrStop() {
        try {
            save();
        } catch (RuntimeException e) {
            log.error("Counts are no longer saved in {}: free disk space, then restart the sandbox", file, e);
            saving.cancel(false);
        }
    }

    private static IllegalStateException refusal(Path file, MVStoreException e) {
        return e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                ? new IllegalStateException(
                        file + " is in use: another sandbox runs on this data folder. End it, or name another folder.",
                        e)
                : damaged(file, String.valueOf(e.getMessage()));
    }

    private static IllegalStateException damaged(Path file, String what) {
        return new IllegalStateException(file + " is damaged: " + what
                + ". Restore the file, or remove it: counted calls and the limits' counters then start at zero.");
    }
}
