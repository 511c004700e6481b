package dev.bes.orchestrator.remote.blob.azure;

import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.util.function.Supplier;

/** Blobs whose every call also tells how the store stands. */
final class HealthRecordingBlobs implements Blobs {

    private final Blobs blobs;
    private final BlobStoreHealth health;

    HealthRecordingBlobs(Blobs blobs, BlobStoreHealth health) {
        this.blobs = blobs;
        this.health = health;
    }

    @Override
    public Upload upload(String path) {
        return new Watched(blobs.upload(path));
    }

    @Override
    public void put(String path, byte[] content) {
        answered(() -> {
            blobs.put(path, content);
            return path;
        });
    }

    @Override
    public long fetch(String path, Opening target) {
        return answered(() -> blobs.fetch(path, target));
    }

    @Override
    public ObservedHealth condition() {
        return health.condition();
    }

    private <T> T answered(Supplier<T> call) {
        T answer = watched(call);
        health.good();
        return answer;
    }

    private <T> T watched(Supplier<T> call) {
        try {
            return call.get();
        } catch (RemoteException e) {
            health.met(e);
            throw e;
        }
    }

    /** An upload is answered when it is committed; blocks before that may still be on their way. */
    private final class Watched implements Upload {
        private final Upload upload;

        Watched(Upload upload) {
            this.upload = upload;
        }

        @Override
        public byte[] add(byte[] block) {
            return watched(() -> upload.add(block));
        }

        @Override
        public void commit(String sha256) {
            answered(() -> {
                upload.commit(sha256);
                return sha256;
            });
        }

        @Override
        public void close() {
            upload.close();
        }
    }
}
