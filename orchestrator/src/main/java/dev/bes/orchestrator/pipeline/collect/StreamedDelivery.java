package dev.bes.orchestrator.pipeline.collect;

import dev.bes.orchestrator.csv.CsvCheck.Csv;
import dev.bes.orchestrator.csv.CsvOutput;
import dev.bes.orchestrator.csv.InvalidCsvException;
import dev.bes.orchestrator.definition.Delivery;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.pipeline.RecentBlobs;
import dev.bes.orchestrator.pipeline.collect.ContainerDelivery.Put;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.remote.blob.StoreBlobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DeliveredOutput;
import dev.bes.orchestrator.run.DeliveredOutput.StoredOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Delivers outputs into a container and nowhere else. Each is checked while it flows from our container into that one, and no disk
 * is needed. None becomes visible before all are valid. After a crash the same content is found under its name.
 */
@Component
public class StreamedDelivery {
    private final AnswerBlobs answers;
    private final StoreBlobs stores;
    private final ContainerDelivery containerDelivery;

    public StreamedDelivery(Blobs blobs, RecentBlobs recent, StoreBlobs stores, ContainerDelivery containerDelivery) {
        this.answers = new AnswerBlobs(blobs, recent);
        this.stores = stores;
        this.containerDelivery = containerDelivery;
    }

    /**
     * Delivers all outputs of a scoring.
     *
     * @throws InvalidCsvException if one of them is not valid; then none is delivered
     * @throws RemoteException.NotFound if one of them is not there yet
     * @throws RemoteException if a store can't be used now
     */
    Map<String, DeliveredOutput> deliver(Claim claim, Delivery.Container to) throws InvalidCsvException, IOException {
        Map<String, Transfer> transfers = new LinkedHashMap<>();
        try {
            for (String name : claim.definition().outputs().keySet()) {
                transfer(claim, to, name, 1, transfers);
            }
            Map<String, DeliveredOutput> delivered = new LinkedHashMap<>();
            for (String name : List.copyOf(transfers.keySet())) {
                delivered.put(name, commit(claim, to, name, transfers));
            }
            return delivered;
        } finally {
            transfers.values().forEach(Transfer::close);
        }
    }

    private void transfer(Claim claim, Delivery.Container to, String name, int n, Map<String, Transfer> transfers)
            throws InvalidCsvException, IOException {
        Output output = claim.definition().delivered(name);
        Transfer transfer = new Transfer(
                AnswerBlobs.path(claim, name),
                to.store(),
                ContainerDelivery.path(claim, to, OutputDelivery.name(claim, name), n),
                output);
        transfers.put(name, transfer);
        answers.fetch(claim, name, transfer::begin);
        transfer.csv = Fetch.checked(claim, name, output, Objects.requireNonNull(transfer.written));
    }

    /** Makes an output visible, at its path or at the first one beside it at which no other content lies. */
    private DeliveredOutput commit(Claim claim, Delivery.Container to, String name, Map<String, Transfer> transfers)
            throws InvalidCsvException, IOException {
        for (int n = 1; ; n++) {
            Transfer transfer = Objects.requireNonNull(transfers.get(name));
            try {
                DeliveredOutput delivered = transfer.commit();
                containerDelivery.remember(
                        claim,
                        new Put(
                                to.store(),
                                transfer.path,
                                Objects.requireNonNull(delivered.stored()).etag()));
                return delivered;
            } catch (RemoteException.Rejected e) {
                if (!ContainerDelivery.isTaken(e, n)) {
                    throw e;
                }
                transfer.close();
                transfer(claim, to, name, n + 1, transfers);
            } catch (RemoteException.NotFound e) {
                throw ContainerDelivery.noContainer(e);
            }
        }
    }

    /** One output on its way. A download that is repeated begins another upload. */
    private final class Transfer implements AutoCloseable {
        private final String blob;
        private final String store;
        private final String path;
        private final Output output;
        private Blobs.@Nullable Upload upload;
        private @Nullable CsvOutput written;
        private @Nullable Csv csv;

        Transfer(String blob, String store, String path, Output output) {
            this.blob = blob;
            this.store = store;
            this.path = path;
            this.output = output;
        }

        CsvOutput begin() throws IOException {
            close();
            Blobs.Upload begun = stores.upload(store, path);
            upload = begun;
            CsvOutput target = Fetch.checking(new BlobOutput(begun), output);
            written = target;
            return target;
        }

        DeliveredOutput commit() {
            Csv checked = Objects.requireNonNull(csv);
            String etag = Objects.requireNonNull(upload).commit(checked.sha256());
            return new DeliveredOutput(
                    blob,
                    store + "/" + path,
                    checked.rows(),
                    checked.bytes(),
                    checked.sha256(),
                    new StoredOutput(store, path, etag));
        }

        @Override
        public void close() {
            if (upload != null) {
                upload.close();
            }
        }
    }
}
