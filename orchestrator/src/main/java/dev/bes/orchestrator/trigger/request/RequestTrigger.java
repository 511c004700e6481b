package dev.bes.orchestrator.trigger.request;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.template.RequestParameter;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.definition.template.UnknownParameterException;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import dev.bes.orchestrator.node.folder.FolderUnavailableException;
import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.node.folder.SharedFolders;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.run.acceptance.RunAcceptance.Accepted;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.text.Sha256;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.RunRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Turns requests into runs: each idempotency key into exactly one. */
@Component
public class RequestTrigger {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Definitions definitions;
    private final InputFiles inputFiles;
    private final Uploads uploads;
    private final RunAcceptance runAcceptance;
    private final RunReader reader;
    private final AdmissionControl admissionControl;
    private final SharedFolders folders;
    private final FileThreads files;

    RequestTrigger(
            Definitions definitions,
            InputFiles inputFiles,
            Uploads uploads,
            RunAcceptance runAcceptance,
            RunReader reader,
            AdmissionControl admissionControl,
            SharedFolders folders,
            FileThreads files) {
        this.definitions = definitions;
        this.inputFiles = inputFiles;
        this.uploads = uploads;
        this.runAcceptance = runAcceptance;
        this.reader = reader;
        this.admissionControl = admissionControl;
        this.folders = folders;
        this.files = files;
    }

    /**
     * A request for a run.
     *
     * @param definition name of the definition
     * @param key idempotency key; without one every request is a run of its own
     * @param parameters values for the templates of the definition
     * @param files files by input; an input without one takes what its definition names
     * @param who who sends it
     */
    public record Request(
            String definition,
            @Nullable String key,
            Map<String, String> parameters,
            Map<String, Upload> files,
            String who) {}

    /**
     * A file that comes with a request.
     *
     * @param name its name as the sender knows it
     * @param content opens its bytes
     */
    public record Upload(String name, Content content) {}

    /** Opens the bytes of an upload. */
    @FunctionalInterface
    public interface Content {
        /** A new stream from the first byte on. */
        InputStream open() throws IOException;
    }

    /**
     * The definition of that name.
     *
     * @throws RunRefusedException.UnknownDefinition if there is no such definition
     */
    public Definition definition(String name) {
        return definitions
                .find(name)
                .orElseThrow(() -> new RunRefusedException.UnknownDefinition(
                        name, definitions.all().stream().map(Definition::name).toList()));
    }

    /**
     * Accepts a request; when it returns, the run is durable. Everything that can be checked is checked before anything is
     * written, the files included.
     *
     * @throws RunRefusedException.UnknownDefinition if there is no such definition
     * @throws RunRefusedException.NoInput if an input has no file, or a file has no input
     * @throws RunRefusedException.QueueFull if it is to come back later
     * @throws dev.bes.orchestrator.node.folder.FolderUnavailableException if another node may take its files
     * @throws RunRefusedException.KeyReused if the key was used for another request
     * @throws TemplateException if a template needs a parameter that is not there
     * @throws UnknownParameterException if no template uses a parameter
     * @throws ParametersTooLargeException if the parameters are larger than they may be
     */
    public Accepted accept(Request request) {
        Definition definition = definition(request.definition());
        request.files().keySet().stream()
                .filter(input -> !definition.inputs().containsKey(input))
                .findFirst()
                .ifPresent(input -> {
                    throw new RunRefusedException.NoInput("Definition '%s' has no input '%s'; its inputs are: %s"
                            .formatted(
                                    definition.name(),
                                    input,
                                    String.join(", ", definition.inputs().keySet())));
                });
        ParametersTooLargeException.check(request.parameters());
        InputFiles.check(definition, request.files().keySet());
        String occurrence = "request:" + (request.key() == null ? UUID.randomUUID() : request.key());
        checkParameters(definition, request, occurrence);
        if (admissionControl.isFull() && !occurred(occurrence)) {
            throw new RunRefusedException.QueueFull(admissionControl.most());
        }
        return accept(definition, request, occurrence, keep(occurrence, request.files()));
    }

    private Uploads.Kept keep(String occurrence, Map<String, Upload> sent) {
        if (sent.isEmpty()) {
            return uploads.keep(occurrence, sent);
        }
        folders.require(SharedFolder.UPLOADS);
        return files.get(Use.REQUEST, "Storing the files of a request", () -> {
            requireUploads();
            Uploads.Kept kept = uploads.keep(occurrence, sent);
            // once more: the mount may have gone in between, and what was written then no node will find
            requireUploads();
            return kept;
        });
    }

    private void requireUploads() {
        if (!folders.isThere(SharedFolder.UPLOADS)) {
            throw new FolderUnavailableException(SharedFolder.UPLOADS);
        }
    }

    private void drop(Uploads.Kept kept) {
        files.get(Use.REQUEST, "Removing the files of a request", () -> {
            uploads.drop(kept);
            return true;
        });
    }

    private void checkParameters(Definition definition, Request request, String occurrence) {
        try {
            RequestParameter.check(definition, request.parameters());
        } catch (UnknownParameterException | TemplateException e) {
            // what comes again is the run that it was, whatever has become of its definition since
            if (request.key() == null || !occurred(occurrence)) {
                throw e;
            }
        }
    }

    private boolean occurred(String occurrence) {
        return !reader.occurred(List.of(occurrence)).isEmpty();
    }

    private Accepted accept(Definition definition, Request request, String occurrence, Uploads.Kept kept) {
        String fingerprint = fingerprint(request, kept);
        Accepted accepted;
        try {
            accepted = runAcceptance.accept(NewRun.requested(
                    definition,
                    occurrence,
                    fingerprint,
                    request.parameters(),
                    files.get(
                            Use.REQUEST,
                            "Looking for the files of a request",
                            () -> inputFiles.scorings(definition, new LinkedHashMap<>(kept.files()))),
                    Actor.request(request.who())));
        } catch (RunRefusedException.NoInput | TemplateException | ParametersTooLargeException e) {
            // after any other trouble, such as a lost answer to the commit, there may be a run that needs the files
            drop(kept);
            throw e;
        }
        if (!accepted.isNew()) {
            drop(kept);
        }
        if (!fingerprint.equals(accepted.fingerprint())) {
            throw new RunRefusedException.KeyReused(String.valueOf(request.key()), accepted.id());
        }
        return accepted;
    }

    /** As JSON, so that no two different requests give the same text. */
    private static String fingerprint(Request request, Uploads.Kept kept) {
        Map<String, List<String>> files = new TreeMap<>();
        kept.files().forEach((input, file) -> files.put(input, List.of(file.name(), kept.hash(input))));
        return Sha256.of(
                JSON.writeValueAsString(List.of(request.definition(), new TreeMap<>(request.parameters()), files)));
    }
}
