package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A blob store in memory that can be away. */
public class InMemoryBlobs implements Blobs {
    public final Map<String, byte[]> blobs = new ConcurrentSkipListMap<>();

    /** The parts that were read: of which blob, and from which byte on. */
    public final List<String> reads = new CopyOnWriteArrayList<>();

    @Nullable
    public RemoteException trouble;

    /** How many bytes of a blob are sent before the line is cut. */
    public long cutAfter = Long.MAX_VALUE;

    /** What happens while a file is read, after each block of it. */
    public Runnable between = () -> {};

    public InMemoryBlobs with(String path, String content) {
        blobs.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    @Override
    public Upload upload(String path) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        return new Upload() {
            @Override
            public byte[] add(byte[] block) {
                beThere();
                content.writeBytes(block);
                between.run();
                return block;
            }

            @Override
            public String commit(String sha256) {
                beThere();
                blobs.put(path, content.toByteArray());
                return etag(path);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void put(String path, byte[] content) {
        beThere();
        blobs.put(path, content);
    }

    @Override
    public long fetch(String path, Opening target) {
        beThere();
        byte[] content = blobs.get(path);
        if (content == null) {
            throw new RemoteException.NotFound("no blob " + path);
        }
        int sent = (int) Math.min(content.length, cutAfter);
        try (OutputStream out = target.open()) {
            out.write(content, 0, sent);
        } catch (IOException e) {
            throw new RemoteException.Unavailable("the file can't be written", e);
        }
        if (sent < content.length) {
            throw new RemoteException.Unavailable("the line is cut");
        }
        return sent;
    }

    @Override
    public byte[] read(String path, long from, int length) {
        reads.add(path + " " + from);
        return Blobs.super.read(path, from, length);
    }

    @Override
    public void delete(String path) {
        beThere();
        blobs.remove(path);
    }

    private static String etag(String path) {
        return '"' + path + '"';
    }

    private void beThere() {
        if (trouble != null) {
            throw trouble;
        }
    }
}
