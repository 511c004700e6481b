package dev.bes.orchestrator.pipeline.collect;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Writes to an upload, which is committed later. */
final class BlobOutput extends OutputStream {
    private static final int BLOCK = 4 * 1024 * 1024;

    private final Blobs.Upload upload;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();

    BlobOutput(Blobs.Upload upload) {
        this.upload = upload;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] content, int from, int length) {
        block.write(content, from, length);
        if (block.size() >= BLOCK) {
            send();
        }
    }

    private void send() {
        try {
            upload.add(block.toByteArray());
        } catch (RemoteException.NotFound e) {
            throw ContainerDelivery.noContainer(e);
        }
        block.reset();
    }

    /** Sends the rest. The upload stays open. */
    @Override
    public void close() {
        if (block.size() > 0) {
            send();
        }
    }
}
