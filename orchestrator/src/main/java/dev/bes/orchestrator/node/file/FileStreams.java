package dev.bes.orchestrator.node.file;

import dev.bes.orchestrator.node.file.FileThreads.Use;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Files as streams, of which each piece is read or written by a thread for files. */
final class FileStreams {
    private static final int PIECE = 128 * 1024;

    private FileStreams() {}

    /** A file that is written. */
    static final class Output extends OutputStream {
        private final FileThreads threads;
        private final Use use;
        private final String what;
        private final FileThreads.Opening opening;
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
        private @Nullable OutputStream opened;

        Output(FileThreads threads, Use use, String what, FileThreads.Opening opening) {
            this.threads = threads;
            this.use = use;
            this.what = what;
            this.opening = opening;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            pending.write(bytes, from, length);
            if (pending.size() >= PIECE) {
                threads.call(use, what, () -> drain(file()));
            }
        }

        @Override
        public void close() throws IOException {
            threads.call(use, what, () -> {
                try (OutputStream file = file()) {
                    return drain(file);
                }
            });
        }

        private OutputStream file() throws IOException {
            OutputStream file = opened;
            if (file == null) {
                file = opening.open();
                opened = file;
            }
            return file;
        }

        private boolean drain(OutputStream file) throws IOException {
            pending.writeTo(file);
            pending.reset();
            return true;
        }
    }

    /** A file that is read. */
    static final class Input extends InputStream {
        private final FileThreads threads;
        private final Use use;
        private final String what;
        private final InputStream file;
        private byte[] piece = {};
        private int next;

        Input(FileThreads threads, Use use, String what, InputStream file) {
            this.threads = threads;
            this.use = use;
            this.what = what;
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            return more() ? piece[next++] & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!more()) {
                return -1;
            }
            int some = Math.min(length, piece.length - next);
            System.arraycopy(piece, next, bytes, from, some);
            next += some;
            return some;
        }

        private boolean more() throws IOException {
            if (next == piece.length) {
                piece = threads.call(use, what, () -> file.readNBytes(PIECE));
                next = 0;
            }
            return piece.length > 0;
        }

        @Override
        public void close() throws IOException {
            threads.call(use, what, () -> {
                file.close();
                return true;
            });
        }
    }
}
