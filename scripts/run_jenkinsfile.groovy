// Runs a declarative pipeline here, as Jenkins runs it on an agent: groovy run_jenkinsfile.groovy JENKINSFILE
//
// Groovy reads the file, as it does in Jenkins. A block knows only the words that may stand in it, so that another one, or one
// in the wrong place, is an error. Exits with 0 when the build succeeds, 1 when it fails.

class StepFailed extends Exception {}

class Block {
  /** Runs a block, in which only the words of its rules may stand. */
  static void run(Closure body, Object rules) {
    body.delegate = rules
    body.resolveStrategy = Closure.DELEGATE_ONLY
    body()
  }
}

class Steps {
  void sh(String script) {
    def process = new ProcessBuilder('sh', '-xec', script).inheritIO().start()
    if (process.waitFor() != 0) throw new StepFailed()
  }
}

class Stage {
  void steps(Closure body) { Block.run(body, new Steps()) }
}

class Stages {
  void stage(String name, Closure body) {
    println "stage: ${name}"
    Block.run(body, new Stage())
  }
}

class Post {
  private final Map<String, Closure> bodies = [:]

  void always(Closure body) { bodies.always = body }
  void failure(Closure body) { bodies.failure = body }
  void success(Closure body) { bodies.success = body }
  void cleanup(Closure body) { bodies.cleanup = body }

  void run(boolean isSuccessful) {
    for (condition in ['always', isSuccessful ? 'success' : 'failure', 'cleanup']) {
      def body = bodies[condition]
      if (body != null) {
        println "post: ${condition}"
        Block.run(body, new Steps())
      }
    }
  }
}

class Pipeline {
  final Object any = 'any'
  private Closure stagesBody
  private final Post postConditions = new Post()

  void agent(Object where) { assert where == any : 'this runs a build on any agent' }
  void stages(Closure body) { stagesBody = body }
  void post(Closure body) { Block.run(body, postConditions) }

  boolean build() {
    boolean isSuccessful = true
    try {
      Block.run(stagesBody, new Stages())
    } catch (StepFailed failed) {
      isSuccessful = false
    }
    try {
      postConditions.run(isSuccessful)
    } catch (StepFailed failed) {
      isSuccessful = false
    }
    isSuccessful
  }
}

abstract class BuildScript extends Script {
  boolean isSuccessful

  void pipeline(Closure body) {
    def pipeline = new Pipeline()
    Block.run(body, pipeline)
    isSuccessful = pipeline.build()
  }
}

def configuration = new org.codehaus.groovy.control.CompilerConfiguration(scriptBaseClass: BuildScript.name)
def file = new GroovyShell(this.class.classLoader, new Binding(), configuration).parse(new File(args[0]))
file.run()
println "Finished: ${file.isSuccessful ? 'SUCCESS' : 'FAILURE'}"
System.exit(file.isSuccessful ? 0 : 1)
