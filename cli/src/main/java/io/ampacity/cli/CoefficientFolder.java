package io.ampacity.cli;

import io.ampacity.planner.coefficients.CoefficientStore;
import io.ampacity.planner.coefficients.ServingCoefficients;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Coefficients in a folder, a small file each, named by their question. The folder belongs to one build of the program,
 * so that answers of other code are never taken. A folder that cannot be written only means that all is computed again.
 */
final class CoefficientFolder implements CoefficientStore {

    private final Path folder;

    private CoefficientFolder(Path folder) {
        this.folder = folder;
    }

    /** The folder that the launcher names; no memory at all when it names none. */
    static CoefficientStore ofBuild() {
        String folder = System.getProperty("ampacity.coefficients", "");
        return folder.isEmpty() ? NONE : new CoefficientFolder(Path.of(folder));
    }

    @Override
    public @Nullable ServingCoefficients serving(String question) {
        try {
            String[] numbers =
                    Files.readString(folder.resolve(question)).strip().split(" ");
            return new ServingCoefficients(
                    Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), Double.parseDouble(numbers[2]));
        } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException absentOrDamaged) {
            return null;
        }
    }

    @Override
    public void remember(String question, ServingCoefficients answer) {
        Path draft = null;
        try {
            Files.createDirectories(folder);
            draft = Files.createTempFile(folder, question.substring(0, 8), ".part");
            Files.writeString(
                    draft, answer.requestsPerSecond() + " " + answer.idleWatts() + " " + answer.joulesPerRequest());
            Files.move(draft, folder.resolve(question), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException unsafe) {
            // better forgotten than half-written
        } catch (IOException unwritable) {
            // computed again next time
        } finally {
            delete(draft);
        }
    }

    private static void delete(@Nullable Path draft) {
        try {
            if (draft != null) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException left) {
            // a stray draft is never read
        }
    }
}
