//! Where the files of photos lie, when that is not a folder.

use service::photos::S3;

use super::secret;
use super::settings::Settings;

/// A store that speaks S3; `None` when no bucket is given.
pub fn read(from: &mut Settings) -> Option<S3> {
    let bucket = from.text("s3.bucket");
    let endpoint = from.text("s3.endpoint");
    let region = from.text("s3.region");
    let key = from.text("s3.key");
    let secret = secret(from, "s3.secret", "s3.secret_file");
    match (bucket, endpoint, key, secret) {
        (None, None, None, None) if region.is_none() => None,
        (Some(bucket), Some(endpoint), Some(key), Some(secret)) => {
            let region = region.unwrap_or_else(|| "us-east-1".to_owned());
            Some(S3 { endpoint, region, bucket, key, secret })
        }
        _ => {
            from.note(
                "s3.endpoint, s3.bucket, s3.key and s3.secret (or s3.secret_file) go together: give all or none."
                    .into(),
            );
            None
        }
    }
}
