package dev.bes.orchestrator.trigger.request;

import dev.bes.orchestrator.callback.AllowedAddresses;
import dev.bes.orchestrator.callback.CallbackRefusedException;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.template.InvalidParametersException;
import dev.bes.orchestrator.definition.template.RequestParameter;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.definition.template.UnknownParameterException;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import dev.bes.orchestrator.remote.RemoteException;
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
import dev.bes.orchestrator.trigger.request.RequestFile.Upload;
import dev.bes.orchestrator.trigger.request.RequestFiles.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Starts runs by request: each idempotency key starts exactly one run. */
@Component
public class RequestTrigger {
    private static final Logger LOG = LoggerFactory.getLogger(RequestTrigger.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Definitions definitions;
    private final InputFiles inputFiles;
    private final RequestFiles requestFiles;
    private final RunAcceptance runAcceptance;
    private final RunReader reader;
    private final AdmissionControl admissionControl;
    private final FileThreads files;
    private final AllowedAddresses callbacks;

    RequestTrigger(
            Definitions definitions,
            InputFiles inputFiles,
            RequestFiles requestFiles,
            RunAcceptance runAcceptance,
            RunReader reader,
            AdmissionControl admissionControl,
            FileThreads files,
            AllowedAddresses callbacks) {
        this.definitions = definitions;
        this.inputFiles = inputFiles;
        this.requestFiles = requestFiles;
        this.runAcceptance = runAcceptance;
        this.reader = reader;
        this.admissionControl = admissionControl;
        this.files = files;
        this.callbacks = callbacks;
    }

    /**
     * A request for a run.
     *
     * @param definition name of the definition
     * @param key idempotency key; null makes every request a new run
     * @param parameters values for the templates of the definition
     * @param files files by input name; an input without one takes the file that the definition names
     * @param sender who sends it, for the history
     * @param callback address that is called when the run ends; null for none
     */
    public record Request(
            String definition,
            @Nullable String key,
            Map<String, String> parameters,
            Map<String, ? extends RequestFile> files,
            String sender,
            @Nullable String callback) {

        /** A request without a callback. */
        public Request(
                String definition,
                @Nullable String key,
                Map<String, String> parameters,
                Map<String, ? extends RequestFile> files,
                String sender) {
            this(definition, key, parameters, files, sender, null);
        }
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
     * Accepts a request. When it returns, the run is durable, with its files. All checks that need no file come before the first
     * file is kept.
     *
     * @throws RunRefusedException.UnknownDefinition if there is no such definition
     * @throws RunRefusedException.NoInput if an input has no file, or a file has no input
     * @throws RunRefusedException.QueueFull if too many scorings are unfinished
     * @throws dev.bes.orchestrator.remote.RemoteException if the blob store does not take a large file
     * @throws RunRefusedException.KeyReused if the key was used for another request
     * @throws TemplateException if the request lacks a parameter that a template needs
     * @throws UnknownParameterException if no template uses a parameter
     * @throws CallbackRefusedException if its callback may not be called
     * @throws InvalidParametersException if parameters do not fit the schema of the definition
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
        checkMeaning(definition, request, occurrence);
        if (admissionControl.isFull() && !occurred(occurrence)) {
            throw new RunRefusedException.QueueFull(admissionControl.limit());
        }
        return accept(definition, request, occurrence, keep(request, occurrence));
    }

    private Kept keep(Request request, String occurrence) {
        // a repeated request is answered with its run, even if a blob has changed or is gone
        boolean isRepeated = request.key() != null
                && request.files().values().stream().anyMatch(file -> !(file instanceof Upload))
                && occurred(occurrence);
        return files.get(
                Use.REQUEST,
                "Reading the files of a request",
                () -> requestFiles.keep(request.definition(), occurrence, request.files(), !isRepeated));
    }

    private void drop(Kept kept) {
        try {
            requestFiles.drop(kept);
        } catch (RemoteException e) {
            LOG.warn("The files of a request that started no run could not be removed; they are purged later", e);
        }
    }

    private void checkMeaning(Definition definition, Request request, String occurrence) {
        try {
            RequestParameter.check(definition, request.parameters());
            if (request.callback() != null) {
                callbacks.check(request.callback());
            }
        } catch (CallbackRefusedException
                | UnknownParameterException
                | InvalidParametersException
                | TemplateException e) {
            // a repeated request is answered with its run, even if the definition or the settings have changed since
            if (request.key() == null || !occurred(occurrence)) {
                throw e;
            }
        }
    }

    private boolean occurred(String occurrence) {
        return !reader.occurred(List.of(occurrence)).isEmpty();
    }

    private Accepted accept(Definition definition, Request request, String occurrence, Kept kept) {
        String fingerprint = fingerprint(request, kept);
        Accepted accepted;
        try {
            NewRun run = NewRun.requested(
                            definition,
                            occurrence,
                            fingerprint,
                            request.parameters(),
                            List.of(),
                            Actor.request(request.sender()),
                            kept.contents())
                    .calling(request.callback());
            accepted = runAcceptance.acceptWithOthers(run.with(files.get(
                    Use.REQUEST,
                    "Finding the files of a request",
                    () -> inputFiles.scorings(definition, kept.sources(), run.values()))));
        } catch (RunRefusedException.NoInput | TemplateException | ParametersTooLargeException e) {
            // after any other failure, such as a lost answer to the commit, a run that needs the files may exist
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

    /** Hashes the request as JSON, which is different for different requests. */
    private static String fingerprint(Request request, Kept kept) {
        Map<String, List<String>> files = new TreeMap<>();
        kept.sources().forEach((input, source) -> files.put(input, List.of(source.name(), kept.hash(input))));
        List<Object> content =
                new ArrayList<>(List.of(request.definition(), new TreeMap<>(request.parameters()), files));
        if (request.callback() != null) {
            content.add(request.callback());
        }
        return Sha256.of(JSON.writeValueAsString(content));
    }
}
