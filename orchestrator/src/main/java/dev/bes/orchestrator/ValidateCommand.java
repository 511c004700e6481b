package dev.bes.orchestrator;

import dev.bes.orchestrator.definition.CronValidator;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.InvalidDefinitionsException;
import dev.bes.orchestrator.definition.Triggers;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a folder of definitions without starting the service. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Checks every definition in a folder and lists each mistake with file, line and column.",
            "Also lists warnings; the service starts in spite of them."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no mistakes; there may be warnings", "1:there are mistakes"})
final class ValidateCommand implements Callable<Integer> {

    private final Supplier<Settings> configured;
    private final CronValidator cron;

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER",
            defaultValue = "job-definitions",
            description = "folder of definitions (default: ${DEFAULT-VALUE})")
    private Path folder = Path.of("job-definitions");

    @Option(
            names = "--endpoints",
            split = ",",
            paramLabel = "NAME",
            description = "endpoints that may be named (default: those of the configuration)")
    private @Nullable Set<String> endpoints;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * Creates the command.
     *
     * @param configured reads the configuration
     * @param cron validates cron expressions
     */
    ValidateCommand(Supplier<Settings> configured, CronValidator cron) {
        this.configured = configured;
        this.cron = cron;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Settings settings = configured.get();
        Set<String> known = endpoints == null ? settings.endpoints() : endpoints;
        try {
            Definitions definitions = DefinitionLoader.load(folder, known, cron, settings.folders());
            Collection<Definition> all = definitions.all();
            all.forEach(definition -> out.println(line(definition)));
            definitions.warnings().forEach(out::println);
            out.println(count(all.size(), "definition") + ", no mistakes" + warnings(definitions.warnings()));
            return 0;
        } catch (InvalidDefinitionsException e) {
            e.problems().forEach(out::println);
            out.println(summary(e.problems()));
            return 1;
        } finally {
            out.flush();
        }
    }

    private static String line(Definition definition) {
        Triggers triggers = definition.triggers();
        return definition.name() + ".yaml: ok, " + count(triggers.schedules().size(), "schedule") + ", "
                + count(triggers.files().size(), "drop folder");
    }

    private static String summary(List<Diagnostic> problems) {
        List<Diagnostic> mistakes =
                problems.stream().filter(diagnostic -> !diagnostic.isWarning()).toList();
        Set<String> files = new LinkedHashSet<>();
        mistakes.forEach(diagnostic -> files.add(diagnostic.file()));
        return count(mistakes.size(), "mistake") + " in " + count(files.size(), "file") + warnings(problems);
    }

    private static String warnings(List<Diagnostic> problems) {
        int warnings = (int) problems.stream().filter(Diagnostic::isWarning).count();
        return warnings == 0 ? "" : ", " + count(warnings, "warning");
    }

    private static String count(int number, String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }
}
