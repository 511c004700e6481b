package dev.bes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.catalogue.WebService;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;
import org.openapitools.codegen.config.GlobalSettings;

/**
 * OpenAPI Generator makes a typed client of the served {@code swagger.json}; the programs in the folder {@code
 * generated-client} are compiled with it and call the sandbox.
 */
@Tag("slow")
class GeneratedClientTests {

    private static Sandbox sandbox;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
        SharedStore.put("client/in.csv", "Col1,Col2\n0,This is a good day\n");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void executesSubmitsStartsAsksAndDeletesWithAGeneratedClient() throws Exception {
        List<String> said = run("SimpleFeatureHashingExperiment", "HashingProgram");

        assertThat(said)
                .containsExactly(
                        "executed: 1 1 2 2 0 2 0 1",
                        "executed with 1 bit: 3 6",
                        "submitted: NotStarted null null",
                        "started: Finished client/out.csv",
                        "refused: 400 CannotStartJob",
                        "deleted");
        assertThat(SharedStore.get("client/out.csv")).endsWith(",1,1,2,2,0,2,0,1\r\n");
    }

    @Test
    void typesTheRowsOfSeveralOutputs() throws Exception {
        List<String> said = run("DamagePrediction", "DamageProgram");

        assertThat(said).containsExactly("scored: Yes 0.7502601055951177", "evaluated: 1 0 1.0 0");
    }

    /** Generates a client of a service, compiles it with a program, and runs that. */
    private List<String> run(String name, String program) throws Exception {
        WebService service = sandbox.service(name);
        Path document = Files.writeString(
                folder.resolve("swagger.json"),
                new SampleClient(sandbox.directUrl(), service.path(), "")
                        .call("GET", "/swagger.json", "")
                        .body());
        generate(document);
        Path classes = compile(program);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            List<?> said = (List<?>) loader.loadClass(program)
                    .getMethod("run", Map.class)
                    .invoke(
                            null,
                            Map.of(
                                    "address",
                                    sandbox.directUrl() + service.path(),
                                    "key",
                                    service.apiKey(),
                                    "store",
                                    SharedStore.connectionString(),
                                    "input",
                                    "client/in.csv",
                                    "output",
                                    "client/out.csv"));
            return said.stream().map(String::valueOf).toList();
        }
    }

    private void generate(Path document) {
        GlobalSettings.setProperty("apiTests", "false");
        GlobalSettings.setProperty("modelTests", "false");
        GlobalSettings.setProperty("apiDocs", "false");
        GlobalSettings.setProperty("modelDocs", "false");
        CodegenConfigurator configurator = new CodegenConfigurator()
                .setGeneratorName("java")
                .setLibrary("native")
                .setInputSpec(document.toString())
                .setOutputDir(folder.resolve("client").toString())
                .setInvokerPackage("client")
                .setApiPackage("client.api")
                .setModelPackage("client.model")
                .addAdditionalProperty("openApiNullable", "false")
                .addAdditionalProperty("useJakartaEe", "true")
                .addAdditionalProperty("annotationLibrary", "none");
        new DefaultGenerator().opts(configurator.toClientOptInput()).generate();
    }

    private Path compile(String program) throws IOException {
        Path source = folder.resolve(program + ".java");
        try (InputStream text = getClass().getResourceAsStream("/generated-client/" + program + ".java")) {
            Files.copy(text, source);
        }
        Path classes = Files.createDirectory(folder.resolve("classes"));
        StringWriter mistakes = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> generated = Files.walk(folder.resolve("client/src/main/java"))) {
            List<Path> sources = Stream.concat(
                            generated.filter(it -> it.toString().endsWith(".java")), Stream.of(source))
                    .toList();
            List<String> options = List.of(
                    "-nowarn", "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            mistakes, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(mistakes.toString()).isTrue();
        }
        return classes;
    }
}
