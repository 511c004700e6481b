package dev.bes.orchestrator.remote.blob.azure;

import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.util.function.Supplier;

/** Records the outcome of every call as the health of the store. */
final class HealthRecordingBlobs implements Blobs {

    private final Blobs blobs;
    private final BlobStoreHealth health;

    HealthRecordingBlobs(Blobs blobs, BlobStoreHealth health) {
        this.blobs = blobs;
        this.health = health;
    }

    @Override
    public Upload upload(String path) {
        return new RecordingUpload(blobs.upload(path));
    }

    @Override
    public void put(String path, byte[] content) {
        recordHealth(() -> {
            blobs.put(path, content);
            return path;
        });
    }

    @Override
    public long fetch(String path, Opening target) {
        return recordHealth(() -> blobs.fetch(path, target));
    }

    @Override
    public byte[] read(String path, long from, int length) {
        return recordHealth(() -> blobs.read(path, from, length));
    }

    @Override
    public void delete(String path) {
        recordHealth(() -> {
            blobs.delete(path);
            return path;
        });
    }

    @Override
    public ObservedHealth observedHealth() {
        return health.observedHealth();
    }

    private <T> T recordHealth(Supplier<T> call) {
        T answer = recordFailure(call);
        health.succeeded();
        return answer;
    }

    private <T> T recordFailure(Supplier<T> call) {
        try {
            return call.get();
        } catch (RemoteException e) {
            health.failed(e);
            throw e;
        }
    }

    /** Only the commit records a success, since earlier blocks may still be in flight. */
    private final class RecordingUpload implements Upload {
        private final Upload upload;

        RecordingUpload(Upload upload) {
            this.upload = upload;
        }

        @Override
        public byte[] add(byte[] block) {
            return recordFailure(() -> upload.add(block));
        }

        @Override
        public String commit(String sha256) {
            return recordHealth(() -> upload.commit(sha256));
        }

        @Override
        public void close() {
            upload.close();
        }
    }
}
