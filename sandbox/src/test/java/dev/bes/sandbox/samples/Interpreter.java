package dev.bes.sandbox.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs code samples as a person would: saves the text and calls the interpreter of its language. */
public final class Interpreter {

    /** The languages whose programs can run here; there is no package of PowerShell for Debian. */
    public static final List<SampleLanguage> LANGUAGES = List.of(
            SampleLanguage.CURL, SampleLanguage.PYTHON, SampleLanguage.JAVA, SampleLanguage.CSHARP, SampleLanguage.R);

    private static final boolean CI = "true".equals(System.getenv("CI"));

    private final Path folder;

    /** @param folder where the programs are saved; it exists */
    public Interpreter(Path folder) {
        this.folder = folder;
    }

    /** What the program prints, after it has ended with 0. */
    public String run(SampleLanguage language, String program) {
        need(language);
        write(language.file(), program);
        return switch (language) {
            case CURL -> output("sh", language.file());
            case PYTHON -> output("python3", language.file());
            case JAVA ->
                output(Path.of(System.getProperty("java.home"), "bin", "java").toString(), language.file());
            case CSHARP -> {
                output("mcs", "-reference:System.Net.Http", language.file());
                yield output("mono", "Sample.exe");
            }
            case R -> output("Rscript", "--vanilla", language.file());
            case POWERSHELL -> throw new IllegalArgumentException("PowerShell is not run here");
        };
    }

    /** A build server must have all interpreters; elsewhere R and Mono may be missing, and the test says that it did not run. */
    private static void need(SampleLanguage language) {
        switch (language) {
            case CURL -> have("curl", true, "curl: apt-get install curl");
            case PYTHON -> have("python3", true, "Python 3: apt-get install python3");
            case CSHARP ->
                have("mcs", CI, "Mono: apt-get install mono-mcs mono-runtime libmono-system-net-http4.0-cil");
            case R -> have("Rscript", CI, "R with its package curl: apt-get install r-base-core r-cran-curl");
            default -> {}
        }
    }

    private static void have(String program, boolean required, String hint) {
        boolean there = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
        if (required && !there) {
            fail("This test needs " + hint);
        }
        Assumptions.assumeTrue(there, "it runs only where there is " + hint);
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String output(String... command) {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        builder.environment().put("HOME", folder.toString());
        try {
            Process process = builder.start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            String text = Files.readString(output, UTF_8);
            assertThat(ended).as("%s has ended: %s", command[0], text).isTrue();
            assertThat(process.exitValue())
                    .as("exit code of %s: %s", command[0], text)
                    .isZero();
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
