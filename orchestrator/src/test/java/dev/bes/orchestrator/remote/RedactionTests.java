package dev.bes.orchestrator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTests {

    private final Redaction redaction = new Redaction(List.of(new Secret("key-1"), new Secret("key-1-and-more")));

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "?sv=1&sig=a%2Bb%3D&sp=r | ?sv=1&sig=***&sp=r",
                "AccountName=a;AccountKey=ab/c==;EndpointSuffix=x | AccountName=a;AccountKey=***;EndpointSuffix=x",
                "BlobEndpoint=b;SharedAccessSignature=sv=1&sig=abc | BlobEndpoint=b;SharedAccessSignature=***&sig=***",
                "Ocp-Apim-Subscription-Key: 0123abcd | Ocp-Apim-Subscription-Key: ***",
                "{\"subscription-key\": \"0123abcd\"} | {\"subscription-key\": \"***\"}",
                "?subscription-key=0123abcd&x=1 | ?subscription-key=***&x=1",
                "Authorization: bearer 0123456789abcdefgh== | Authorization: bearer ***",
                "a%3Fsig%3Dabc | a%3Fsig%3D***",
                "key-1-and-more, key-1 | ***, ***",
                "invalid subscription key. The design=good | invalid subscription key. The design=good"
            })
    void hidesWhatGivesAccess(String text, String kept) {
        assertThat(redaction.redact(text)).isEqualTo(kept);
    }

    @Test
    void makesTextFitToBeShown() {
        assertThat(redaction.sanitize(" a\u0000b\u001b[31mc\u202ed\ne ", 100)).isEqualTo("a b [31mc d\ne");
        assertThat(redaction.sanitize("abc", 2)).isEqualTo("ab");
        assertThat(redaction.sanitize("a😀", 2)).as("no half of a pair").isEqualTo("a");
        assertThat(redaction.sanitize(null, 2)).isEmpty();
    }
}
