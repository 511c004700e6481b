package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Definitions.Refusal;
import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.TriggerSettings;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecords;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.Pause;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.ScheduleKey;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Explains why a definition does not run, or why its newest run does not go on. */
@Component
class DefinitionExplainer {
    private static final int FILES = 5;
    private static final int SCHEDULES = 20;

    private final Definitions definitions;
    private final RunReader runs;
    private final RunExplainer runExplainer;
    private final FireCauses fires;
    private final SchedulePauses pauses;
    private final FileRecords files;
    private final FileExplainer fileExplainer;
    private final AdmissionControl admission;
    private final TriggerSettings settings;
    private final NodeCauses nodes;

    DefinitionExplainer(
            Definitions definitions,
            RunReader runs,
            RunExplainer runExplainer,
            FireCauses fires,
            SchedulePauses pauses,
            FileRecords files,
            FileExplainer fileExplainer,
            AdmissionControl admission,
            TriggerSettings settings,
            NodeCauses nodes) {
        this.definitions = definitions;
        this.runs = runs;
        this.runExplainer = runExplainer;
        this.fires = fires;
        this.pauses = pauses;
        this.files = files;
        this.fileExplainer = fileExplainer;
        this.admission = admission;
        this.settings = settings;
        this.nodes = nodes;
    }

    List<Cause> causes(Definition definition) {
        List<Cause> causes = new ArrayList<>(refused(definition.name()).stream().toList());
        Optional<RunView> newest =
                runs.list(RunFilter.ALL.of(definition.name()), 1).stream().findFirst();
        List<Cause> run =
                newest.map(runExplainer::causes).orElseGet(() -> List.of(Cause.of(CauseCode.NO_RUN, "It has no run.")));
        boolean unfinished = newest.filter(one -> !one.state().ended()).isPresent();
        if (unfinished) {
            causes.addAll(run);
        }
        nodes.noneNow().ifPresent(causes::add);
        RequestExplainer.full(admission).ifPresent(causes::add);
        Map<ScheduleKey, Pause> paused = pauses.all();
        definition.triggers().schedules().stream()
                .limit(SCHEDULES)
                .forEach(schedule -> causes.addAll(fires.now(definition.name(), schedule, paused)));
        List<ArrivalPlace> places = ArrivalPlace.of(definition).toList();
        places.forEach(place -> causes.addAll(of(definition.name(), place)));
        if (definition.triggers().schedules().isEmpty() && places.isEmpty()) {
            causes.add(Cause.of(
                    CauseCode.ON_REQUEST,
                    "It has no schedule, no drop folder and no container: it runs when somebody requests it."));
        }
        if (!unfinished) {
            causes.addAll(run);
        }
        return causes;
    }

    /** What a schedule of a definition does next, and why its last time started no run. */
    List<Cause> causes(Definition definition, Schedule schedule) {
        return fires.now(definition.name(), schedule, pauses.all());
    }

    /** That a change of the folder of definitions was refused, with the mistake in the file of one of them. */
    Optional<Cause> refused(String definition) {
        return definitions.refusal().map(refusal -> refused(definition, refusal));
    }

    /** Whether the refused change has a mistake in the file of that definition. */
    boolean isMistaken(String definition) {
        return definitions.refusal().stream()
                .flatMap(refusal -> refusal.problems().stream())
                .anyMatch(problem -> isIn(definition, problem));
    }

    private static boolean isIn(String definition, Diagnostic problem) {
        return !problem.isWarning() && problem.file().equals(definition + ".yaml");
    }

    private static Cause refused(String definition, Refusal refusal) {
        String own = refusal.problems().stream()
                .filter(problem -> isIn(definition, problem))
                .map(Diagnostic::toString)
                .findFirst()
                .orElse("another file has a mistake");
        return Cause.of(
                        CauseCode.CHANGE_REFUSED,
                        "A change of the definitions was refused at %s, and what was loaded before stays: %s."
                                .formatted(AskedTime.words(refusal.at(), ZoneOffset.UTC), own))
                .since(refusal.at());
    }

    private List<Cause> of(String definition, ArrivalPlace place) {
        List<FileRecord> waiting = files.waiting(place.ledgerFolder(settings.dropRoot()), definition, FILES);
        return waiting.isEmpty()
                ? List.of(Cause.of(
                        CauseCode.NO_FILE,
                        "No file that matches '%s' lies in its %s.".formatted(place.pattern(), place.words())))
                : waiting.stream().map(fileExplainer::of).toList();
    }
}
