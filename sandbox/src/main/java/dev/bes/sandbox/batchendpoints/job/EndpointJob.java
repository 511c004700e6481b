package dev.bes.sandbox.batchendpoints.job;

import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One job and its state. It is started when it is made; every change is journalled in the order in which it happens, in the words of
 * the journal, beside the word of the answers.
 */
public final class EndpointJob {

    private final String name;
    private final JobSpec spec;
    private final String child = UUID.randomUUID().toString();
    private final BlobReference output;
    private final Instant created;
    private final Journal journal;
    private Map<String, String> tags;
    private JobStatus status = JobStatus.PREPARING;

    EndpointJob(String name, JobSpec spec, Datastores datastores, Journal journal, Instant created) {
        this.name = name;
        this.spec = spec;
        this.journal = journal;
        this.created = created;
        this.tags = spec.tags();
        this.output = place(spec, datastores);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("service", spec.service().name());
        facts.put("inputs", Map.of(spec.inputName(), spec.input().place().path()));
        facts.put("outputs", Map.of(spec.outputName(), output.path()));
        journal.append(Event.SUBMIT, name, facts);
        journal.append(Event.START, name, Map.of("accepted", true, "state", JobStatus.PREPARING.journalName()));
    }

    /** Its name, which is its id. */
    public String name() {
        return name;
    }

    /** What it is to do. */
    public JobSpec spec() {
        return spec;
    }

    /** The id of the run named {@code batchscoring} that does the work. */
    public String child() {
        return child;
    }

    /** When it was made. */
    public Instant created() {
        return created;
    }

    /** Its state now. */
    public synchronized JobStatus status() {
        return status;
    }

    /** Its tags. */
    public synchronized Map<String, String> tags() {
        return tags;
    }

    /** Replaces its tags. */
    public synchronized void tags(Map<String, String> others) {
        tags = Map.copyOf(others);
    }

    /** The file of its predictions. */
    BlobReference output() {
        return output;
    }

    /** Whether it is under way, and nobody has asked for its cancellation. */
    synchronized boolean isActive() {
        return !status.isEnd() && status != JobStatus.CANCEL_REQUESTED;
    }

    /** Whether this call changed its state; one that is to be canceled stays so. */
    synchronized boolean move(JobStatus to) {
        return isActive() && change(to, null);
    }

    /** Whether this call ended it. */
    synchronized boolean fail(String details) {
        return isActive() && change(JobStatus.FAILED, details);
    }

    /** Asks for its cancellation; whether it was under way. */
    synchronized boolean requestCancel() {
        journal.append(Event.DELETE, name, Map.of("state", status.journalName()));
        return isActive() && change(JobStatus.CANCEL_REQUESTED, null);
    }

    /** Ends its cancellation. */
    synchronized void endCancel() {
        if (status == JobStatus.CANCEL_REQUESTED) {
            change(JobStatus.CANCELED, null);
        }
    }

    private boolean change(JobStatus to, @Nullable String details) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("from", status.journalName());
        facts.put("to", to.journalName());
        facts.put("status", to.remoteName());
        if (details != null) {
            facts.put("details", details);
        }
        status = to;
        journal.append(Event.STATE, name, facts);
        return true;
    }

    /** Source: the recordings of azure-sdk-for-python: the default place is named by the child, not by the job. */
    private BlobReference place(JobSpec spec, Datastores datastores) {
        JobSpec.Data wanted = spec.output();
        if (wanted == null) {
            return datastores.inDefault("azureml/" + child + "/" + spec.outputName() + "/" + spec.outputFile());
        }
        BlobReference place = wanted.place();
        return wanted.isFolder()
                ? datastores.containers().at(place.container(), place.blob() + "/" + spec.outputFile())
                : place;
    }
}
