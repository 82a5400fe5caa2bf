package io.ampacity.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The pure rooms: the same question gives the same answer, on any machine and at any time. */
final class PurityTest {

    private static final JavaClasses PRODUCT = Product.classes();

    private static final String[] PURE_ROOMS = {
        Product.packages("routing"),
        Product.packages("physics"),
        Product.packages("simulator"),
        Product.packages("planner"),
    };

    /** Loads the native solver, which lies in a jar, and stops it at a time limit. */
    private static final String SOLVER = "io.ampacity.planner.solver..";

    /**
     * The edges of physics: measurements are read from files to calibrate, and the shipped calibration lies in its jar.
     * Neither is on the way from a question to an answer.
     */
    private static final String[] CALIBRATION = {
        "io.ampacity.physics.measurement..", "io.ampacity.physics.calibration.."
    };

    private static final String SHIPPED_CALIBRATION = "io\\.ampacity\\.physics\\.EfficiencyFile.*";

    /** Types of the I/O packages that neither read nor write. */
    private static final Set<String> HARMLESS = Set.of("java.io.Serializable", "java.io.ObjectStreamException");

    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.system",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalTime.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Year.now",
            "java.time.YearMonth.now");

    private static final Set<String> CHANCE = Set.of(
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.random.RandomGenerator.getDefault");

    @Test
    void pureRoomsDoNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE_ROOMS)
                .and()
                .resideOutsideOfPackage(SOLVER)
                .and()
                .resideOutsideOfPackages(CALIBRATION)
                .and()
                .haveNameNotMatching(SHIPPED_CALIBRATION)
                .should()
                .dependOnClassesThat(doInputOrOutput())
                .because("only the edges read and write")
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void pureRoomsReadNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE_ROOMS)
                .and()
                .resideOutsideOfPackage(SOLVER)
                .should()
                .accessTargetWhere(calls("a clock", CLOCKS))
                .because("time is given to them")
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void chanceHasASeed() {
        noClasses()
                .should()
                .accessTargetWhere(calls("a source of chance without a seed", CHANCE))
                .orShould()
                .callConstructor(java.util.Random.class)
                .orShould()
                .callConstructor(java.util.SplittableRandom.class)
                .because("a run must be repeatable")
                .check(PRODUCT);
    }

    @Test
    void onlyTheCommandLineSpeaksToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackage(Product.packages("cli"))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .because("a library gives its result to its caller")
                .check(PRODUCT);
    }

    private static DescribedPredicate<JavaClass> doInputOrOutput() {
        return describe(
                "do input or output",
                type -> !HARMLESS.contains(type.getFullName())
                        && (type.getPackageName().equals("java.io")
                                || type.getPackageName().startsWith("java.nio.file")
                                || type.getPackageName().startsWith("java.nio.channels")
                                || type.getPackageName().startsWith("java.net")
                                || type.getPackageName().startsWith("java.sql")
                                || type.getPackageName().startsWith("javax.sql")
                                || type.getFullName().equals("java.lang.ProcessBuilder")));
    }

    private static DescribedPredicate<JavaAccess<?>> calls(String what, Set<String> methods) {
        return describe(
                "read " + what,
                access -> access.getTarget() instanceof CodeUnitCallTarget target
                        && methods.contains(target.getOwner().getFullName() + "." + target.getName()));
    }
}
