/// Words that the logs of healthy systems are full of, so that no word of them shows a failure by
/// itself.
///
/// They are those that kubelets, container engines, registries and builds print when all is well,
/// and the common words of English beside them.
enum HealthyWords {
  static func contains(_ word: [UInt8]) -> Bool {
    all.contains(word) || constant.contains(word) || short.contains(word)
  }

  /// How much a word that does not show a failure by itself adds to a phrase.
  static func weight(of word: [UInt8]) -> Int { constant.contains(word) ? 1 : 20 }

  /// Words of nearly every line.
  static let constant = Set(
    """
    error errors failed failure warning level message image images docker container containers http \
    https com io v1 v2 api repository repositories registry manifest manifests blob blobs uploads \
    amazonaws dkr ecr azurecr ghcr gcr quay pkg dev github gitlab pull push pulled status name time \
    info debug request response server client latest library digest sha256 layer download complete \
    building version kubernetes default namespace started create created fromimage running path file \
    component caused driver tag the a of to from for and in is with that this get head post put patch delete
    """.utf8.split(separator: 0x20).map { Array($0) })

  /// How little a word is to be expected in healthy logs; higher is rarer.
  static func rarity(of word: [UInt8]) -> Int {
    if constant.contains(word) { return 0 }
    if short.contains(word) { return 5 }
    if all.contains(word) { return 10 }
    return word.count < 5 ? 20 : 30
  }

  /// What stands with signs between its words in many lines.
  private static let phrases = [
    "http.request.method", "http.response.status", "http/1.1", "http/2.0", "http://", "https://",
    "/v1/", "/v2/",
    "/blobs/", "/manifests/", "/token",
  ]

  /// How often four bytes stand in healthy words, those of nearly every line counted many times.
  ///
  /// - Complexity: O(1).
  static func count(of fragment: [UInt8]) -> Int { counts[fragment] ?? 0 }

  private static let counts: [[UInt8]: Int] = {
    var counts: [[UInt8]: Int] = [:]
    func add(_ word: [UInt8], _ weight: Int) {
      let word = [0x20] + word + [0x20]
      for start in 0...max(0, word.count - 4) where start + 4 <= word.count {
        counts[Array(word[start..<start + 4]), default: 0] += weight
      }
    }
    for word in all { add(word, 1) }
    for word in constant { add(word, 10) }
    for phrase in phrases { add(Array(phrase.utf8), 10) }
    return counts
  }()

  /// The short words that logs and sentences are full of.
  private static let short = Set(
    """
    about after before from other over under until where which while \
    acme age all amd64 and any apk app apps apt are arm64 art auth aws back base been bin body both \
    but byte call can cert code copy core cpu cri data date db deb dial disk dns does done down each \
    ecr else end env eof etc even exec exit fail fifo find flag free full git glob goes gpu grep grpc \
    gzip hash have head help here home host hub icon idle init inet into ipv4 ipv6 item job jobs json \
    just keep key keys kind kube k8s last lib line link list load lock log logs long look loop made \
    main make map mem mode more most move much must name need new next nfs no node none not npm null \
    oci off old once one only open opt oss other out over own part pass pid pip pipe plan pod pods pool \
    port ppa proc push query quic read real ref refs repo resp rest role roll root rows rpc rpm rule run \
    runc safe same save scan seen self send sent set sets sha shim show sign site size skip slot slow \
    sock some sort sql src ssh ssl stat step stop str such sudo sum sync sys tag tags take tar task tcp \
    team temp term test text than then they tgz this tmp tls too top tree true try tty two txt type udp \
    uid unit unix uri url urls use used user uses usr uuid val var vars very via view vm wait want \
    was way web were what when will work xml yaml yes yet you your zip zone
    """.utf8.split(separator: 0x20).map { Array($0) })

  private static let all = Set(
    """
    access accessible account action actions active added address after again agent allow \
    allowed allows already amazon amazonaws another ansible apimachinery apiversion application \
    applied argocd artifact artifactregistry assets attached attempt attempts attributes attrs \
    audited available azure azurecr backend before being between billing binary binding blobs \
    bound branch browser bucket build buildah buildkit bundle bytes cache cached caller calling \
    calls cannot catalog certificate certificates chart check checking checkout checks checksum \
    child children class clean cleaning cleanup click client clients clone close closed cloud \
    cluster clusters collect column command commands commit common complete completed component \
    compose config configs configuration connect connected connection contain container \
    containerd containerid containerregistry containers contains content contenttype context \
    contexts control controller copying cosign could count coverage crane create createcontainer \
    created creates creating credential credentials current currently customer daemon database \
    debian debug default delete deleted deletes deleting dependencies dependency deploy \
    deployment deployments deprecated describe describes detail details device different digest \
    digests directory disconnected docker dockerd domain download downloaded downloading driver \
    duration empty enable enabled encountered ending endpoint engine entity entry environment \
    error errors europe event events every example exception execute exists exitcode exiting \
    expected export exported exporting express extension external extract extracted extracting \
    failed fails failure false feature fetch fetched fetching field fieldpath fields files \
    filter final finished first folder follow following force format found fromimage frontend \
    function gateway generate generated generator generic getimageblob github githubusercontent \
    gitlab given golang google graph group groups handler header headers health healthy hosts \
    hours however https identity ignore ignored ignoring image imageid images import imported \
    including index indexer ingress inside install installed installing instance instead \
    interface internal invalid issue items jenkins kaniko kernel known kubelet kubernetes label \
    labels large larger latency later latest layer layers ledger length level library limit \
    limits lines linux listen listening lists loaded loading local location login longer lookup \
    machine makes managed manager managers manifest manifests master match maximum media memory \
    message messages metadata method microsoft might minimum minutes missing mobile module \
    modules monitoring mount mounted mounting names namespace needed needs network newer newest \
    newly nginx nodejs nodes normal nothing number object objects observed occurred older oldest \
    operation operations option options order original other output overlay owner package \
    packages parameter parent parents parse parsing paths period permission permissions \
    persistent phase place plain platform please plugin podid podman point policy possible posts \
    prepare preparing present prettyjws previous primary print private probe process progress \
    project prometheus property protocol provided provider proxy public pulled pullimage pulling \
    pushed pushing python query queue range reached react readiness reading ready reason receive \
    received receiving recent recently recommends reconciler record redirect refer reference \
    refers region registry release remote remoteaddr remove removed removing replica report \
    reports repos repository request requests require required requirement requirements reset \
    resolve resolved resolving resource resources response restart restarted restarting restore \
    restricted result results retrieve retry return returned returns right route rules runner \
    running runtime sandbox satisfied schedule scheduler schema scope script search second \
    seconds secret secrets section security select semver sending separate server service \
    services session sessions setting settings setup share shared shutdown signal simple since \
    single skipped skopeo small smaller snapshot socket solve source sources space spaces \
    specified stage staging standard start startcontainer started starting starts startup state \
    statement states static status steps stopped stopping stops storage store stream string \
    structure succeeded success successful successfully support supported system table target \
    tasks terraform tests their there these thing thread threads through timed times token \
    tokens tools topic total trace transfer tries trivy trying types ubuntu unable under unknown \
    unless unpack unpacking until unused update updated updates updating upgrade upload uploaded \
    uploading uploads upstream usage users using valid validate value values verified verify \
    verifying version versions violate virtual volume volumes waiting warning warnings watch \
    where which while windows within without workdir worker workers workflow working workspace \
    world would write writing written wrong
    """.utf8.split(separator: 0x20).map { Array($0) })
}
