package dev.bes.orchestrator.remote.bes;

import static dev.bes.orchestrator.remote.bes.BesFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.TwoStepJobs;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Keys that are changed on the far side while work is under way. */
@ExtendWith(OutputCaptureExtension.class)
class KeyChangeTests {

    private static final String BY_SERVICE =
            "{\"error\": {\"code\": \"Unauthorized\", \"message\": \"Invalid credentials provided.\"}}";
    private static final String BY_GATEWAY =
            "{ \"statusCode\": 401, \"message\": \"Access denied due to invalid subscription key.\" }";
    private static final String OTHER_SERVICE_KEY = "other/service/key";
    private static final String OTHER_SUBSCRIPTION_KEY = "fedcba9876543210";

    private final BesFixture besFixture = new BesFixture();
    private final ScriptedService scriptedService = besFixture.scriptedService;

    @AfterEach
    void close() {
        besFixture.close();
    }

    private TwoStepJobs withOtherKeys() {
        besFixture.secondaryServiceKey = new Secret(OTHER_SERVICE_KEY);
        besFixture.secondarySubscriptionKey = new Secret(OTHER_SUBSCRIPTION_KEY);
        return besFixture.jobs();
    }

    private Iterable<String> sent(String header) {
        Function<ScriptedService.Asked, String> key = asked -> asked.header(header);
        return scriptedService.asked.stream().map(key).toList();
    }

    @Test
    void goesOnWithTheOtherKeyOfTheService(CapturedOutput output) {
        TwoStepJobs jobs = withOtherKeys();
        scriptedService.answers(401, BY_SERVICE).answers(200, "\"a1\"").answers(204, "");

        assertThat(jobs.submit(REQUEST)).isEqualTo("a1");
        jobs.start("a1");

        assertThat(sent("Authorization"))
                .containsExactly(
                        "Bearer " + BesFixture.SERVICE_KEY,
                        "Bearer " + OTHER_SERVICE_KEY,
                        "Bearer " + OTHER_SERVICE_KEY);
        assertThat(sent("Ocp-Apim-Subscription-Key")).containsOnly(BesFixture.SUBSCRIPTION_KEY);
        assertThat(output)
                .containsOnlyOnce(
                        "Endpoint toxic: a service-key was refused, the other one of primary and secondary is used")
                .doesNotContain(OTHER_SERVICE_KEY, BesFixture.SERVICE_KEY);
    }

    @Test
    void goesOnWithTheOtherKeyOfTheGateway() {
        TwoStepJobs jobs = withOtherKeys();
        scriptedService.answers(401, BY_GATEWAY).answers(204, "").answers(204, "");

        jobs.start("a1");
        jobs.cancel("a1");

        assertThat(sent("Ocp-Apim-Subscription-Key"))
                .containsExactly(BesFixture.SUBSCRIPTION_KEY, OTHER_SUBSCRIPTION_KEY, OTHER_SUBSCRIPTION_KEY);
        assertThat(sent("Authorization")).containsOnly("Bearer " + BesFixture.SERVICE_KEY);
    }

    @Test
    void changesBothAtOnce() {
        TwoStepJobs jobs = withOtherKeys();
        scriptedService.answers(401, BY_GATEWAY).answers(401, BY_SERVICE).answers(204, "");

        jobs.start("a1");

        assertThat(scriptedService.asked).hasSize(3);
    }

    @Test
    void changesBackWhenTheFirstKeyIsTheNewOne() {
        TwoStepJobs jobs = withOtherKeys();
        scriptedService
                .answers(401, BY_SERVICE)
                .answers(204, "")
                .answers(401, BY_SERVICE)
                .answers(204, "");

        jobs.start("a1");
        jobs.cancel("a1");

        assertThat(sent("Authorization")).last().isEqualTo("Bearer " + BesFixture.SERVICE_KEY);
    }

    @Test
    void givesUpWhenBothAreRefused() {
        TwoStepJobs jobs = withOtherKeys();
        scriptedService.answers(401, BY_SERVICE).answers(401, BY_SERVICE);

        assertThatThrownBy(() -> jobs.start("a1"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("check orchestrator.endpoints.toxic.service-key");
        assertThat(scriptedService.asked).hasSize(2);
    }

    @Test
    void triesNoOtherKeyWhereNobodySaysWhichIsWrong() {
        TwoStepJobs jobs = withOtherKeys();
        scriptedService.answers(401, "").answers(403, BY_SERVICE);

        assertThatThrownBy(() -> jobs.start("a1")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> jobs.start("a1")).isInstanceOf(Refused.class);
        assertThat(scriptedService.asked).hasSize(2);
    }

    @Test
    void sendsARefusedCallOnceWhereThereIsNoOtherKey() {
        scriptedService.answers(401, BY_SERVICE).answers(401, BY_GATEWAY);

        assertThatThrownBy(() -> besFixture.jobs().submit(REQUEST)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> besFixture.jobs().submit(REQUEST)).isInstanceOf(Refused.class);
        assertThat(scriptedService.asked).hasSize(2);
    }
}
