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

/** Starts runs by request: each idempotency key starts exactly one run. */
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
     * @param key idempotency key; null makes every request a new run
     * @param parameters values for the templates of the definition
     * @param files files by input name; an input without one takes the file that the definition names
     * @param sender who sends it, for the history
     */
    public record Request(
            String definition,
            @Nullable String key,
            Map<String, String> parameters,
            Map<String, Upload> files,
            String sender) {}

    /**
     * A file that comes with a request.
     *
     * @param name its name on the side of the sender
     * @param content opens its bytes
     */
    public record Upload(String name, Content content) {}

    /** Opens the bytes of an upload. */
    @FunctionalInterface
    public interface Content {
        /** Opens a new stream that starts at the first byte. */
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
     * Accepts a request. When it returns, the run is durable. All checks that need no file come before the first file is
     * written.
     *
     * @throws RunRefusedException.UnknownDefinition if there is no such definition
     * @throws RunRefusedException.NoInput if an input has no file, or a file has no input
     * @throws RunRefusedException.QueueFull if too many scorings are unfinished
     * @throws dev.bes.orchestrator.node.folder.FolderUnavailableException if this node does not see the folder of uploads; another node may
     * @throws RunRefusedException.KeyReused if the key was used for another request
     * @throws TemplateException if the request lacks a parameter that a template needs
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
            throw new RunRefusedException.QueueFull(admissionControl.limit());
        }
        return accept(definition, request, occurrence, store(occurrence, request.files()));
    }

    private Uploads.StoredUpload store(String occurrence, Map<String, Upload> sent) {
        if (sent.isEmpty()) {
            return uploads.store(occurrence, sent);
        }
        folders.require(SharedFolder.UPLOADS);
        return files.get(Use.REQUEST, "Storing the files of a request", () -> {
            requireUploads();
            Uploads.StoredUpload stored = uploads.store(occurrence, sent);
            // checked again: files written after an unmount are lost to all nodes
            requireUploads();
            return stored;
        });
    }

    private void requireUploads() {
        if (!folders.isThere(SharedFolder.UPLOADS)) {
            throw new FolderUnavailableException(SharedFolder.UPLOADS);
        }
    }

    private void drop(Uploads.StoredUpload stored) {
        files.get(Use.REQUEST, "Removing the files of a request", () -> {
            uploads.drop(stored);
            return true;
        });
    }

    private void checkParameters(Definition definition, Request request, String occurrence) {
        try {
            RequestParameter.check(definition, request.parameters());
        } catch (UnknownParameterException | TemplateException e) {
            // a repeated request is answered with its run, even if the definition has changed since
            if (request.key() == null || !occurred(occurrence)) {
                throw e;
            }
        }
    }

    private boolean occurred(String occurrence) {
        return !reader.occurred(List.of(occurrence)).isEmpty();
    }

    private Accepted accept(Definition definition, Request request, String occurrence, Uploads.StoredUpload stored) {
        String fingerprint = fingerprint(request, stored);
        Accepted accepted;
        try {
            NewRun run = NewRun.requested(
                    definition,
                    occurrence,
                    fingerprint,
                    request.parameters(),
                    List.of(),
                    Actor.request(request.sender()));
            accepted = runAcceptance.accept(run.with(files.get(
                    Use.REQUEST,
                    "Finding the files of a request",
                    () -> inputFiles.scorings(definition, new LinkedHashMap<>(stored.files()), run.values()))));
        } catch (RunRefusedException.NoInput | TemplateException | ParametersTooLargeException e) {
            // after any other failure, such as a lost answer to the commit, a run that needs the files may exist
            drop(stored);
            throw e;
        }
        if (!accepted.isNew()) {
            drop(stored);
        }
        if (!fingerprint.equals(accepted.fingerprint())) {
            throw new RunRefusedException.KeyReused(String.valueOf(request.key()), accepted.id());
        }
        return accepted;
    }

    /** Hashes the request as JSON, which is different for different requests. */
    private static String fingerprint(Request request, Uploads.StoredUpload stored) {
        Map<String, List<String>> files = new TreeMap<>();
        stored.files().forEach((input, file) -> files.put(input, List.of(file.name(), stored.hash(input))));
        return Sha256.of(
                JSON.writeValueAsString(List.of(request.definition(), new TreeMap<>(request.parameters()), files)));
    }
}
